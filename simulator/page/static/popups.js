// What an app asks in a box over itself, and the question before it is closed with something unsaved in it.

import { h, showBox } from "./dom.js";

const LABELS = { ok: "OK", close: "Close", cancel: "Cancel" };

// The id of the button that was pressed; empty when the box was closed.
export function popup({ title, message, buttons }) {
  const rows = buttons?.length ? buttons : [{ id: "", type: "close" }];
  return new Promise((answered) => {
    const dialog = h("dialog.alert", { "aria-label": title || message }, title ? h("h2", {}, title) : null, h("p", {}, message),
      h("form", { method: "dialog" }, rows.map(({ id, type, text }) => h("button.flat", { value: id ?? "" }, text || LABELS[type] || "OK"))));
    showBox(dialog, answered);
  });
}

export async function reallyClose() {
  const message = "Changes that you made may not be saved.";
  const buttons = [{ id: "", type: "cancel" }, { id: "close", text: "Close anyway" }];
  return (await popup({ title: "Close the app?", message, buttons })) === "close";
}
