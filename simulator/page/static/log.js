// The messages of a chat: drawn once, patched in place, kept at the end while one reads there.

import { h, icon } from "./dom.js";
import { Bubble } from "./bubble.js";
import { day } from "./time.js";
import { isOwn, service } from "./words.js";
import { welcome } from "./welcome.js";

const NEAR = 80;

export class Log {
  constructor(pane) {
    this.pane = pane;
    this.shown = new Map();
    this.list = h("div.messages", { role: "log", "aria-label": "Messages" });
    this.down = h("button.round.down", { type: "button", "aria-label": "To the newest message", hidden: true,
      onclick: () => this.toEnd(true) }, icon("down"));
    this.scroller = h("div.scroller", { tabIndex: 0, onscroll: () => this.#look() }, this.list);
    this.element = h("div.log", {}, this.scroller, this.down);
    // Pictures arrive late and screens grow when edited: whoever reads the end stays at the end.
    this.atEnd = true;
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
  }

  draw(chat) {
    const stick = this.atEnd;
    const wanted = new Map();
    const groups = [...grouped(chat.messages)];
    const side = (place) => groups[place] && who(groups[place][1][0]);
    groups.forEach(([key, messages], place) => {
      const date = day(messages[0].date);
      if (!place || date !== day(groups[place - 1][1][0].date)) wanted.set(`day ${date}`, { date });
      const [before, mine, after] = [side(place - 1), side(place), side(place + 1)];
      wanted.set(key, { messages, first: before !== mine, last: after !== mine });
    });
    for (const [key, view] of this.shown) {
      if (wanted.has(key)) continue;
      view.element.remove();
      this.shown.delete(key);
    }
    let place = this.list.firstChild;
    let own = 0;
    for (const [key, what] of wanted) {
      const view = this.shown.get(key) ?? this.#make(key, what);
      view.update?.(what.messages, what, chat);
      if (view.element !== place) this.list.insertBefore(view.element, place);
      place = view.element.nextSibling;
      own = what.messages && isOwn(what.messages[0], this.pane) ? Math.max(own, what.messages[0].id) : own;
    }
    this.#welcome(chat);
    if (stick || own > (this.own ?? own)) this.toEnd();
    else this.#look();
    this.own = own;
  }

  spin(tap) {
    this.#button(tap)?.classList.add("waiting");
  }

  rest(tap) {
    this.#button(tap)?.classList.remove("waiting");
  }

  toEnd(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.atEnd = true;
    this.down.hidden = true;
  }

  to(id) {
    const target = this.list.querySelector(`[data-id="${id}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.animate([{ filter: "brightness(1.2)" }, {}], { duration: 900 });
  }

  #look() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    this.down.hidden = this.atEnd;
  }

  #make(key, { messages, date }) {
    const view = messages ? this.#view(messages) : { element: h("div.day", {}, h("span", {}, date)) };
    this.shown.set(key, view);
    return view;
  }

  #view(messages) {
    const note = service(messages[0], this.pane.bot.first_name);
    if (note === null) return new Bubble(this.pane);
    return { element: h("div.note", { data: { id: messages[0].id } }, h("span", {}, note)) };
  }

  #button({ message_id: id, label }) {
    const buttons = this.list.querySelectorAll(`[data-id="${id}"] .keyboard button`);
    return [...buttons].find((button) => button.dataset.label === label);
  }

  #welcome(chat) {
    const empty = chat.messages.length === 0 && !chat.group;
    if (empty && !this.greeting) this.element.prepend(this.greeting = welcome(this.pane, chat));
    if (!empty) {
      this.greeting?.remove();
      this.greeting = null;
    }
  }
}

function who(message) {
  if (Object.keys(message.service).length) return "note";
  return message.from_bot ? "bot" : `person ${message.author ?? ""}`;
}

// An album is several messages that look like one.
function grouped(messages) {
  const groups = new Map();
  for (const message of messages) {
    const key = message.media_group_id ? `album ${message.media_group_id}` : `message ${message.id}`;
    if (groups.has(key)) groups.get(key).push(message);
    else groups.set(key, [message]);
  }
  return groups;
}
