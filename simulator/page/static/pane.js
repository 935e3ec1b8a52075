// One chat as one person sees it: header, messages, composer, toasts.

import { post } from "./api.js";
import { Composer } from "./composer.js";
import { alertBox, toast } from "./notices.js";
import { avatar, h, icon } from "./dom.js";
import { Focus } from "./focus.js";
import { openLink } from "./links.js";
import { Log } from "./log.js";
import { Sheet } from "./sheet.js";

const TYPING_MS = 5000;

export class Pane {
  constructor(store, person, actions) {
    Object.assign(this, { store, person, bot: store.bot, pending: new Map() });
    this.log = new Log(this);
    this.composer = new Composer(this);
    // There before anything is said in it: what appears together with its region is not read out.
    this.notes = h("div", { role: "status" });
    this.status = h("span.status", {}, "bot");
    this.element = h("section.pane", { "aria-label": `Chat of ${person.first_name} with ${this.bot.first_name}`, data: { person: person.id } },
      h("header.top", {},
        h("button.round.back", { type: "button", "aria-label": "People", onclick: actions.list }, icon("back")),
        avatar(this.bot.id + 4, this.bot.first_name, "small"),
        h("div.who", {}, h("h2", {}, this.bot.first_name), this.status),
        h("span.as", { title: person.hint || "Whose phone this is" }, avatar(person.id, person.first_name, "tiny"), person.first_name),
        h("button.round.leave", { type: "button", "aria-label": `Close the chat of ${person.first_name}`,
          onclick: () => actions.leave(person.id) }, icon("close"))),
      this.log.element, this.composer.element, this.notes);
    this.focus = new Focus(this.element, this.log.list);
    this.#listen();
    const chat = store.chats.get(person.id);
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
    this.chat = chat;
    this.status.textContent = chat.blocked ? "blocked" : "bot";
    this.focus.keep(() => {
      this.log.draw(chat);
      this.composer.draw(chat);
    });
    this.store.read(this.person.id);
  }

  #listen() {
    this.ended = new AbortController();
    const on = (kind, act) => this.store.addEventListener(kind, ({ detail }) => {
      if (detail.person === this.person.id) act(detail);
    }, { signal: this.ended.signal });
    on("chat", ({ chat }) => this.draw(chat));
    on("happened", (event) => this.#happened(event));
  }

  #happened(event) {
    if (event.kind === "typing") this.#typing();
    if (event.kind === "message" && event.from_bot) this.status.textContent = "bot";
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
    this.typing = setTimeout(() => { this.status.textContent = "bot"; }, TYPING_MS);
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
    return this.attempt(() => post("send", { person: this.person.id, bot: this.bot.id, ...body }));
  }

  unblock() {
    return this.attempt(() => post("unblock", { person: this.person.id, bot: this.bot.id }));
  }

  command(text) {
    return this.send({ text });
  }

  link(url) {
    return this.attempt(() => openLink(this.person.id, this.bot, url, { sheet: (sheet) => this.sheet(sheet) }));
  }

  sheet(data) {
    new Sheet(this, data).open();
  }

  press(message, row, column) {
    const button = message.keyboard[row][column];
    if (button.kind === "url") return this.link(button.url);
    if (button.kind === "web_app") return this.link(button.web_app.url);
    if (button.kind === "copy_text") return this.copy(button.copy_text.text);
    const body = { person: this.person.id, bot: this.bot.id, message_id: message.id, row, column };
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
