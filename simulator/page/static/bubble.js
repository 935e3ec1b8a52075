// One message (or album) as a bubble; an edit touches only the parts that changed, so that nothing flickers.

import { h, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { invoiceParts, payButton } from "./invoice.js";
import { keyboard } from "./keyboard.js";
import { album, documentRow } from "./media.js";
import { clock } from "./time.js";
import { isOwn, quote, shownText } from "./words.js";

export class Bubble {
  constructor(pane) {
    this.pane = pane;
    this.parts = {};
    this.slots = Object.fromEntries(["sender", "quote", "media", "file", "invoice", "words"].map((name) => [name, h(`div.${name}`)]));
    this.bubble = h("div.bubble", {}, Object.values(this.slots));
    this.keys = h("div.keyboard", { role: "group", "aria-label": "Buttons" });
    this.replyButton = h("button.round.answer", { type: "button", "aria-label": "Reply", title: "Reply",
      onclick: () => pane.composer.reply(this.message) }, icon("reply"));
    this.element = h("article.message", { ondblclick: () => pane.composer.reply(this.message) },
      h("div.body", {}, this.bubble, this.keys), this.replyButton);
  }

  update(messages, { first, last }, chat) {
    const message = messages[0];
    this.message = message;
    const own = isOwn(message, this.pane);
    const sender = chat.group && !own ? message.from : null;
    const wordy = messages.find((one) => one.text || one.caption) ?? message;
    const pictures = messages.filter((one) => one.photo);
    this.element.classList.toggle("out", own);
    this.element.classList.toggle("first", first);
    this.element.classList.toggle("last", last);
    this.element.dataset.id = message.id;
    this.element.ariaLabel = `${own ? "You" : sender ?? chat.bot.first_name}, ${clock(message.date)}: ${quote(wordy)}`;
    this.bubble.classList.toggle("pictured", pictures.length > 0);
    this.bubble.classList.toggle("bare", pictures.length > 0 && !(wordy.text ?? wordy.caption));
    this.keys.classList.toggle("none", !message.keyboard.length && !message.invoice);

    const target = message.reply_to && chat.messages.find((one) => one.id === message.reply_to);
    this.#part("sender", first && sender, () => (first && sender ? [h("b", {}, sender)] : []));
    this.#part("quote", target ? [target.id, quote(target), target.from_bot] : null, () => this.#quoted(target, chat));
    this.#part("media", pictures.map((one) => [one.photo, one.photo_size]), (slot) => album(slot, pictures));
    this.#part("file", messages.map((one) => one.document), () => messages.filter((one) => one.document).map(documentRow));
    this.#part("invoice", message.invoice, () => (message.invoice ? invoiceParts(message.invoice) : []));
    this.#part("words", [wordy.text ?? wordy.caption, wordy.text_entities ?? wordy.caption_entities, message.edited && !message.keyboard.length, message.date],
      () => this.#words(wordy, message, own));
    this.#keyboard(message);
  }

  #part(name, value, build) {
    const state = JSON.stringify(value);
    if (this.parts[name] === state) return;
    this.parts[name] = state;
    const slot = this.slots[name];
    const made = build(slot);
    if (made) slot.replaceChildren(...[made].flat());
  }

  #words(wordy, message, own) {
    const text = shownText(wordy) ?? "";
    const entities = wordy.text_entities ?? wordy.caption_entities;
    const open = { link: (url) => this.pane.link(url), command: (words) => this.pane.command(words) };
    // As in Telegram, a screen that changes under its buttons does not call itself edited.
    const meta = h("span.meta", {}, message.edited && !message.keyboard.length && h("span.edited", {}, "edited "), clock(message.date), own && icon("seen"));
    return [formatted(text, entities, open), meta];
  }

  #quoted(target, chat) {
    if (!target) return [];
    return [h("button.quoted", { type: "button", onclick: () => this.pane.log.to(target.id) },
      h("b", {}, chat.group ? target.from : target.from_bot ? chat.bot.first_name : chat.person.first_name), h("span", {}, quote(target)))];
  }

  #keyboard(message) {
    const state = JSON.stringify([message.keyboard, message.invoice]);
    if (this.parts.keys === state) return;
    this.parts.keys = state;
    const rows = message.keyboard.length || !message.invoice
      ? keyboard(message, this.pane)
      : [h("div.row", {}, payButton(message, this.pane))];
    this.keys.replaceChildren(...rows);
  }
}
