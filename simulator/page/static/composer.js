// Where a person writes: text, commands, pictures with a caption, replies; or Start, in a chat that has not begun.

import { h, icon } from "./dom.js";
import { chooseFile } from "./attach.js";
import { quote } from "./words.js";

const LOOK_MS = 250;  // a phone asks when the typing rests

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.text = h("textarea", { rows: 1, placeholder: "Message", "aria-label": `Message as ${pane.person.first_name}`,
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event) });
    this.menu = h("button.menu", { type: "button", "aria-label": "Menu of commands", "aria-expanded": "false",
      onclick: () => this.#toggle() }, icon("menu"), h("span", {}, "Menu"));
    this.app = h("button.menu.of-app", { type: "button", hidden: true, onclick: () => pane.app() });
    this.commands = h("ul.commands", { hidden: true, "aria-label": "Commands" });
    this.answering = h("div.answering", { hidden: true });
    this.keys = h("div.reply-keyboard", { hidden: true, role: "group", "aria-label": "Reply buttons" });
    this.file = h("input", { type: "file", hidden: true, onchange: () => this.#attach(this.file.files[0]) });
    const form = h("form.line", { onsubmit: (event) => this.#send(event) }, this.app, this.menu, this.text, this.file,
      h("button.round.attach", { type: "button", "aria-label": "Attach a picture or file", onclick: () => this.file.click() }, icon("attach")),
      h("button.round.send", { type: "submit", "aria-label": "Send" }, icon("send")));
    this.writing = h("div.writing", {}, this.commands, this.answering, form, this.keys);
    this.start = h("button.start", { type: "button", onclick: () => this.#start() }, "Start");
    this.element = h("footer.composer", { ondragover: (event) => event.preventDefault(), ondrop: (event) => this.#drop(event) },
      this.writing, this.start);
  }

  draw(chat) {
    const fresh = !chat.group && (chat.messages.length === 0 || chat.blocked);
    this.element.hidden = chat.may_write === false;
    this.start.hidden = !fresh;
    this.start.textContent = chat.blocked ? "Unblock" : "Start";
    this.writing.hidden = fresh;
    this.list = chat.commands;
    this.menu.hidden = chat.commands.length === 0;
    // An app takes the place of the menu; the commands stay one tap away, as on a phone.
    const app = chat.menu_button.type === "web_app";
    this.menu.classList.toggle("small", app);
    this.app.hidden = !app;
    this.app.textContent = app ? chat.menu_button.text : "";
    this.#drawKeys(chat.reply_keyboard);
  }

  reply(message) {
    this.replyTo = message.id;
    this.answering.hidden = false;
    this.answering.replaceChildren(icon("reply"),
      h("span.about", {}, h("b", {}, "Reply"), h("span", {}, quote(message))),
      h("button.round", { type: "button", "aria-label": "Do not reply", onclick: () => this.#noReply() }, icon("close")));
    this.text.focus();
  }

  #noReply() {
    this.replyTo = undefined;
    this.answering.hidden = true;
  }

  async #start() {
    if (this.start.textContent === "Unblock") return this.pane.unblock();
    await this.pane.send({ text: "/start" });
  }

  async #send(event) {
    event?.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.#typed();
    const reply_to = this.replyTo;
    this.#noReply();
    if (!(await this.pane.send({ text, reply_to }))) this.text.value ||= text;
  }

  #typed() {
    this.text.style.setProperty("height", "auto");
    this.text.style.setProperty("height", `${Math.min(this.text.scrollHeight, 180)}px`);
    this.element.classList.toggle("full", this.text.value.trim() !== "");
    const word = /^\/\w*$/.exec(this.text.value)?.[0];
    clearTimeout(this.looking);
    const asked = this.#asked();
    if (asked !== null) this.looking = setTimeout(() => this.#look(asked), LOOK_MS);
    if (word) this.#offer(this.list.filter(({ command }) => `/${command}`.startsWith(word)));
    else this.#offer([]);
  }

  // The words behind the bot's name: inline mode.
  #asked() {
    const name = `@${this.pane.bot.username} `;
    return this.text.value.startsWith(name) ? this.text.value.slice(name.length) : null;
  }

  look(words) {
    this.text.value = `@${this.pane.bot.username} ${words}`;
    this.text.focus();
    this.#typed();
  }

  async #look(words) {
    const found = await this.pane.inline(words);
    if (!found || this.#asked() !== words) return;
    this.#list(found.results.map(({ id, title, description }) => ({ label: title, about: description,
      choose: () => { this.text.value = ""; this.#typed(); this.pane.sendResult(found.query, id); } })));
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send(event);
    if (event.key === "Escape") {
      this.#offer([]);
      this.#noReply();
    }
  }

  #toggle() {
    this.#offer(this.commands.hidden ? this.list : []);
    this.commands.querySelector("button")?.focus();
  }

  #offer(list) {
    this.#list(list.map(({ command, description }) => ({ label: `/${command}`, about: description, choose: () => this.#choose(command) })));
    this.menu.ariaExpanded = String(!this.commands.hidden);
  }

  #list(rows) {
    this.commands.hidden = rows.length === 0;
    this.commands.replaceChildren(...rows.map(({ label, about, choose }) => h("li", {},
      h("button", { type: "button", onclick: choose,
        onkeydown: (event) => event.key === "Escape" && this.#offer([]) },
        h("b", {}, label), h("span", {}, about)))));
  }

  #choose(command) {
    this.text.value = "";
    this.#typed();
    this.text.focus();
    this.pane.send({ text: `/${command}` });
  }

  #drawKeys(markup) {
    const rows = markup?.keyboard ?? [];
    this.keys.hidden = rows.length === 0;
    this.keys.replaceChildren(...rows.map((row) => h("div.row", {}, row.map((button) => {
      const text = button.text ?? button;
      return h("button", { type: "button", onclick: () => this.pane.send({ text }) }, text);
    }))));
    this.text.placeholder = markup?.input_field_placeholder || "Message";
  }

  #paste(event) {
    const picture = [...event.clipboardData.files][0];
    if (picture) {
      event.preventDefault();
      this.#attach(picture);
    }
  }

  #drop(event) {
    event.preventDefault();
    if (event.dataTransfer.files.length) this.#attach(event.dataTransfer.files[0]);
  }

  async #attach(file) {
    if (!file) return;
    const body = await chooseFile(file, this.text.value.trim());
    this.file.value = "";
    if (!body) return;
    this.text.value = "";
    this.#typed();
    const reply_to = this.replyTo;
    this.#noReply();
    await this.pane.send({ ...body, reply_to });
  }
}
