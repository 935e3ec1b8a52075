// An invoice in a chat, and the button that pays it.

import { h, icon } from "./dom.js";
import { money } from "./money.js";

export function invoiceParts(invoice) {
  const words = [h("b.title", {}, invoice.title), h("p", {}, invoice.description)];
  const price = h("span.price", {}, `${money(invoice.total_amount, invoice.currency)} `, h("small", {}, "Test invoice"));
  if (!invoice.photo_url) return [...words, price];
  const image = h("img", { alt: "", src: invoice.photo_url });
  const poster = h("div.poster", {}, image, price);
  image.onerror = () => poster.replaceWith(price);
  return [words[0], words[1], poster];
}

export function payButton(message, pane, text) {
  const { invoice } = message;
  if (invoice.paid) return h("button", { type: "button", disabled: true }, h("span", {}, "✓ Paid"));
  // A button that only says Pay is the one Telegram makes by itself, and that one names the amount.
  const label = (text && text !== "Pay" ? text : `Pay ${money(invoice.total_amount, invoice.currency)}`).replace("XTR", "⭐");
  return h("button.pay", { type: "button", data: { label: text ?? label }, onclick: () => pane.pay(message) },
    h("span", {}, label), icon("card"));
}
