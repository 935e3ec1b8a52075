// The list of people: whose phone one looks at, what was said last, what is unread.

import { avatar, h, icon } from "./dom.js";
import { placeOf } from "./store.js";
import { clock } from "./time.js";
import { preview } from "./words.js";

const KINDS = { group: "Group", supergroup: "Group", channel: "Channel" };
const ROLES = { customer: "Customer", seller: "Seller", operator: "Operator", staff: "Staff" };

export class People {
  constructor(element, store, actions) {
    Object.assign(this, { element, store, actions, chosen: [] });
    for (const kind of ["people", "chat"]) store.addEventListener(kind, () => this.draw());
  }

  choose(ids) {
    this.chosen = ids;
    for (const id of ids) this.store.read(id);
    this.draw();
  }

  draw() {
    for (const id of this.chosen) this.store.unread.delete(id);
    const focused = document.activeElement?.dataset?.focus;
    this.element.replaceChildren(this.#head(), h("ul", {}, this.store.people.flatMap((person) => [this.#row(person), ...this.#groups(person)])), foot());
    if (focused) this.element.querySelector(`[data-focus="${focused}"]`)?.focus();
  }

  #head() {
    const { bots, bot } = this.store;
    const select = bots.length > 1 && h("select", { "aria-label": "Bot",
      onchange: (event) => this.store.useBot(event.target.value) },
      bots.map((one) => h("option", { value: one.id, selected: one.id === bot?.id }, `@${one.username}`)));
    return h("header", {}, h("h1", {}, "Whose phone?"), select);
  }

  // The groups and channels of whoever is on show: of everybody they would fill the list.
  #groups(person) {
    const held = this.chosen.some((place) => String(place).split(":")[0] === String(person.id));
    if (!held) return [];
    return this.store.groupsOf(person.id).map((group) => {
      const place = placeOf(person.id, group.id);
      const on = this.chosen.includes(place);
      const last = this.store.chats.get(place)?.messages.at(-1);
      const unread = this.store.unread.get(place) ?? 0;
      return h(`li.group${on ? ".on" : ""}`, {},
        h("button.person", { type: "button", "aria-current": on ? "true" : undefined, data: { focus: `g${place}` },
          "aria-label": `${group.title}, as ${person.first_name}`, onclick: () => this.actions.only(place) },
          avatar(group.id, group.title, "small"),
          h("span.about", {},
            h("span.line", {}, h("b", {}, group.title), h("span.role", {}, KINDS[group.kind])),
            h("span.line", {}, h("span.last", {}, last ? preview(last) : ""),
              unread > 0 && h("span.badge", { "aria-label": `${unread} unread` }, String(unread))))),
        h("button.beside", { type: "button", "aria-pressed": String(on && this.chosen.length > 1), data: { focus: `h${place}` },
          title: `Show ${group.title} beside`, "aria-label": `Show ${group.title} side by side`,
          onclick: () => this.actions.beside(place) }, icon("split")));
    });
  }

  #row(person) {
    const { store, chosen } = this;
    const chat = store.chats.get(person.id);
    const last = chat?.messages.at(-1);
    const unread = store.unread.get(person.id) ?? 0;
    const on = chosen.includes(person.id);
    return h(`li${on ? ".on" : ""}`, {},
      h("button.person", { type: "button", "aria-current": on ? "true" : undefined, data: { focus: `p${person.id}` },
        onclick: () => this.actions.only(person.id) },
        avatar(person.id, person.first_name),
        h("span.about", {},
          h("span.line", {}, h("b", {}, person.first_name), h("span.role", {}, ROLES[person.role_hint] ?? person.role_hint),
            last && h("time", {}, clock(last.date))),
          h("span.line", {}, h("span.last", {}, last ? preview(last) : chat?.started ? "" : "Has not started yet"),
            unread > 0 && h("span.badge", { "aria-label": `${unread} unread` }, String(unread))))),
      h("button.beside", { type: "button", "aria-pressed": String(on && chosen.length > 1), data: { focus: `b${person.id}` },
        title: on ? "Shown" : `Show ${person.first_name} beside`,
        "aria-label": `Show ${person.first_name} side by side`, onclick: () => this.actions.beside(person.id) }, icon("split")));
  }
}

function foot() {
  return h("footer", {}, "A pretend Telegram: nothing leaves this machine. Tap a name to hold that phone, ",
    icon("split"), " to see two side by side.");
}
