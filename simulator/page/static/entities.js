// A text with Telegram's entities as elements; offsets count UTF-16 units, as JavaScript's strings do.

import { h } from "./dom.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote",
  expandable_blockquote: "blockquote", hashtag: "span.tag", cashtag: "span.tag", mention: "span.tag",
  text_mention: "span.tag", phone_number: "span.tag", bank_card_number: "span", custom_emoji: "span" };

// A moment in the reader's zone: "r" is relative, "w", "d"/"D", "t"/"T" are day of the week, date and time.
function moment(unix, format) {
  if (!format) return null;
  if (format === "r") {
    const minutes = Math.round((unix - Date.now() / 1000) / 60);
    const [amount, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"] : Math.abs(minutes) < 2880
      ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
    return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(amount, unit);
  }
  const parts = {};
  if (format.includes("w")) parts.weekday = "long";
  if (/d/i.test(format)) Object.assign(parts, { day: "numeric", month: format.includes("D") ? "long" : "numeric", year: "numeric" });
  if (/t/i.test(format)) Object.assign(parts, { hour: "numeric", minute: "2-digit", ...(format.includes("T") && { second: "2-digit" }) });
  return new Intl.DateTimeFormat(undefined, parts).format(new Date(unix * 1000));
}

function link(text, href, open) {
  return h("a", { href, rel: "noreferrer", title: href === text ? undefined : href, onclick: (event) => {
    event.preventDefault();
    open.link(href);
  } });
}

function element(entity, text, open) {
  switch (entity.type) {
    case "url": return link(text, /^[a-z]+:/i.test(text) ? text : `https://${text}`, open);
    case "text_link": return link(text, entity.url, open);
    case "email": return h("a", { href: `mailto:${text}` });
    case "bot_command": return h("button.command", { type: "button", onclick: () => open.command(text) });
    case "pre": return h("pre", { "data-language": entity.language });
    case "spoiler": return h("button.spoiler", { type: "button", "aria-label": "Hidden text: press to show",
      onclick: ({ currentTarget }) => {
        currentTarget.classList.add("shown");
        currentTarget.removeAttribute("aria-label");
      } });
    case "date_time": return h("time", { datetime: new Date(entity.unix_time * 1000).toISOString(), title: text },
      moment(entity.unix_time, entity.date_time_format) ?? text);
    default: return h(PLAIN[entity.type] ?? "span");
  }
}

export function formatted(text, entities, open) {
  const sorted = [...(entities ?? [])].sort((one, two) => one.offset - two.offset || two.length - one.length);
  let next = 0;
  function fill(parent, start, end) {
    let at = start;
    while (next < sorted.length && sorted[next].offset < end) {
      const entity = sorted[next];
      next += 1;
      const from = Math.max(entity.offset, at);
      const to = Math.min(entity.offset + entity.length, end);
      if (to <= from) continue;
      parent.append(text.slice(at, from));
      const node = element(entity, text.slice(from, to), open);
      if (entity.type === "date_time") {
        while (next < sorted.length && sorted[next].offset < to) next += 1;  // it replaces what stood there
      } else fill(node, from, to);
      parent.append(node);
      at = to;
    }
    parent.append(text.slice(at, end));
  }
  const fragment = document.createDocumentFragment();
  fill(fragment, 0, text.length);
  return fragment;
}
