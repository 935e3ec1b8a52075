// A text with Telegram's entities as elements; offsets count UTF-16 units, as JavaScript's strings do.

import { h } from "./dom.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote",
  expandable_blockquote: "blockquote", hashtag: "span.tag", cashtag: "span.tag", mention: "span.tag",
  text_mention: "span.tag", phone_number: "span.tag", bank_card_number: "span", custom_emoji: "span" };

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
      fill(node, from, to);
      parent.append(node);
      at = to;
    }
    parent.append(text.slice(at, end));
  }
  const fragment = document.createDocumentFragment();
  fill(fragment, 0, text.length);
  return fragment;
}
