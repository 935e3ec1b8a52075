// One chat as one person sees it: header, messages, composer, toasts.

import { post } from "./api.js";
import { Composer } from "./composer.js";
import { alertBox, toast } from "./notices.js";
import { avatar, h, icon } from "./dom.js";
import { Focus } from "./focus.js";
import { isTelegram, openLink } from "./links.js";
import { Log } from "./log.js";
import { Sheet } from "./sheet.js";
import { placeOf } from "./store.js";
import { WebApp } from "./webapp.js";

const TYPING_MS = 5000;

export class Pane {
  constructor(store, person, actions, group) {
    const place = group ? placeOf(person.id, group.id) : person.id;
    Object.assign(this, { store, person, group, place, actions, bot: store.bot, pending: new Map() });
    const name = group?.title ?? this.bot.first_name;
    this.topics = h("nav.topics", { hidden: true, "aria-label": "Topics" });
    this.log = new Log(this);
    this.composer = new Composer(this);
    // There before anything is said in it: what appears together with its region is not read out.
    this.notes = h("div", { role: "status" });
    this.status = h("span.status", {}, "bot");
    this.element = h("section.pane", { "aria-label": group ? `${name}, as ${person.first_name} sees it` : `Chat of ${person.first_name} with ${name}`, data: { person: person.id, place } },
      h("header.top", {},
        h("button.round.back", { type: "button", "aria-label": "People", onclick: actions.list }, icon("back")),
        avatar(group?.id ?? this.bot.id + 4, name, "small"),
        h("div.who", {}, h("h2", {}, name), this.status),
        h("span.as", { title: person.hint || "Whose phone this is" }, avatar(person.id, person.first_name, "tiny"), person.first_name),
        h("button.round.leave", { type: "button", "aria-label": `Close the chat of ${person.first_name}`,
          onclick: () => actions.leave(place) }, icon("close"))),
      this.topics, this.log.element, this.composer.element, this.notes);
    this.focus = new Focus(this.element, this.log.list);
    this.#listen();
    const chat = store.chats.get(place);
    if (chat) this.draw(chat);
  }

  alone(is) {
    this.element.classList.toggle("alone", is);
  }

  close() {
    this.ended.abort();
    this.element.remove();
  }

  draw(chat) {
    this.chat = this.group ? this.#inTopic(chat) : chat;
    chat = this.chat;
    this.status.textContent = chat.blocked ? "blocked" : this.#kind(chat);
    this.focus.keep(() => {
      this.log.draw(chat);
      this.composer.draw(chat);
    });
    this.store.read(this.place);
  }

  #kind(chat) {
    if (!this.group) return "bot";
    const members = Object.values(chat.group.members).filter((status) => !["left", "kicked"].includes(status)).length;
    return `${chat.group.kind === "channel" ? "channel" : "group"}, ${members} ${members === 1 ? "member" : "members"}`;
  }

  // A forum shows one topic at a time, as Telegram does; General has what is in none.
  #inTopic(chat) {
    const { topics, is_forum: forum } = chat.group;
    this.topics.hidden = !forum;
    if (!forum) return chat;
    if (!topics.some((topic) => topic.id === this.topic)) this.topic = 0;
    const tabs = [{ id: 0, name: "General" }, ...topics];
    this.topics.replaceChildren(...tabs.map(({ id, name, closed }) => h("button", { type: "button", "aria-pressed": String(id === (this.topic ?? 0)),
      onclick: () => { this.topic = id; this.draw(this.store.chats.get(this.place)); } }, closed ? `${name} (closed)` : name)));
    return { ...chat, messages: chat.messages.filter((message) => (message.topic ?? 0) === (this.topic ?? 0)) };
  }

  #listen() {
    this.ended = new AbortController();
    const on = (kind, act) => this.store.addEventListener(kind, ({ detail }) => {
      if (detail.person === this.place) act(detail);
    }, { signal: this.ended.signal });
    on("chat", ({ chat }) => this.draw(chat));
    on("happened", (event) => this.#happened(event));
  }

  #happened(event) {
    if (event.kind === "typing") this.#typing();
    if (event.kind === "message" && event.from_bot && this.chat) this.status.textContent = this.#kind(this.chat);
    if (event.kind === "tap") {
      this.pending.set(event.query_id, event);
      this.log.spin(event);
    }
    if (["toast", "alert", "answered"].includes(event.kind)) {
      const tap = this.pending.get(event.query_id);
      this.pending.delete(event.query_id);
      if (tap) this.log.rest(tap);
      if (event.kind === "toast") toast(this.notes, event.text);
      if (event.kind === "alert") alertBox(this.bot.first_name, event.text);
      if (event.url) this.link(event.url);
    }
  }

  #typing() {
    this.status.textContent = "typing…";
    clearTimeout(this.typing);
    this.typing = setTimeout(() => { this.status.textContent = this.#kind(this.chat); }, TYPING_MS);
  }

  async attempt(act) {
    try {
      return await act();
    } catch (problem) {
      toast(this.notes, problem.message);
      return undefined;
    }
  }

  send(body) {
    return this.attempt(() => post("send", { ...this.#where(), topic: this.topic || undefined, ...body }));
  }

  #where() {
    return { person: this.person.id, bot: this.bot.id, ...(this.group ? { group: this.group.id } : {}) };
  }

  // What the bot offers for words behind its name, and sending one of them here.
  inline(text) {
    return this.attempt(() => post("inline", { person: this.person.id, bot: this.bot.id, text }));
  }

  sendResult(query, result) {
    return this.attempt(() => post("inline/send", { ...this.#where(), query, result }));
  }

  unblock() {
    return this.attempt(() => post("unblock", { person: this.person.id, bot: this.bot.id }));
  }

  command(text) {
    return this.send({ text });
  }

  link(url) {
    return this.attempt(async () => {
      await openLink(this.person.id, this.bot, url, { sheet: (sheet) => this.sheet(sheet) });
      if (this.group && isTelegram(url)) this.actions.open(this.person.id);  // a link to the bot leads into its chat
    });
  }

  sheet(data, closed) {
    new Sheet(this, data, closed).open();
  }

  // Without a button: the app that stands in place of the menu.
  app(body = {}) {
    return this.attempt(() => WebApp.of(this, body));
  }

  press(message, row, column) {
    const button = message.keyboard[row][column];
    if (button.kind === "url") return this.link(button.url);
    if (button.kind === "web_app") return this.app({ message_id: message.id, row, column });
    if (button.kind === "switch_inline_query") return this.composer.look(button.switch_inline_query);
    if (button.kind === "copy_text") return this.copy(button.copy_text.text);
    const body = { ...this.#where(), message_id: message.id, row, column };
    return this.attempt(async () => {
      const tapped = await post("tap", body);
      if (tapped.sheet) this.sheet(tapped.sheet);
    });
  }

  pay(message) {
    return this.attempt(async () => {
      this.sheet(await post("sheet/open", { person: this.person.id, bot: this.bot.id, message_id: message.id }));
    });
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    toast(this.notes, "Text copied to the clipboard.");
  }
}
