// The buttons under a message.

import { h, icon } from "./dom.js";
import { payButton } from "./invoice.js";

const MARKS = { url: "out", web_app: "app", copy_text: "copy", switch_inline_query: "reply" };

export function keyboard(message, pane) {
  return message.keyboard.map((buttons, row) => h("div.row", {}, buttons.map((button, column) => {
    if (button.kind === "pay") return payButton(message, pane, button.text);
    return h("button", { type: "button", title: button.text, disabled: button.kind === "disabled", data: { label: button.text, style: button.style ?? "" },
      onclick: () => pane.press(message, row, column) },
      h("span", {}, button.text), MARKS[button.kind] && icon(MARKS[button.kind]));
  })));
}
