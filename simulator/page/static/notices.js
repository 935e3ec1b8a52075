// What a bot says in passing: toasts that fade, alerts that wait to be closed.

import { h, showBox } from "./dom.js";

const TOAST_MS = 3500;

export function toast(parent, text) {
  const note = h("div.toast", {}, text);
  parent.replaceChildren(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

export function alertBox(title, text) {
  const dialog = h("dialog.alert", { "aria-label": title }, h("h2", {}, title), h("p", {}, text),
    h("form", { method: "dialog" }, h("button.flat", {}, "OK")));
  showBox(dialog);
}
