// Before a picture or file goes out: look at it, give it a caption.

import { h, icon, showBox } from "./dom.js";

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export async function chooseFile(file, words) {
  const photo = /^image\/(jpeg|png|webp)$/.test(file.type);
  const address = URL.createObjectURL(file);
  const caption = h("input", { type: "text", placeholder: "Caption", "aria-label": "Caption", value: words, maxLength: 1024 });
  const dialog = h("dialog.attachment", { "aria-label": photo ? "Send a photo" : "Send a file" },
    h("form", { method: "dialog" },
      h("header", {}, h("h2", {}, photo ? "Send a photo" : "Send a file"),
        h("button.round", { value: "", type: "submit", "aria-label": "Do not send", formNoValidate: true }, icon("close"))),
      photo ? h("img", { src: address, alt: file.name }) : h("p.document", {}, h("span.disc", {}, icon("file")), h("b", {}, file.name)),
      h("div.line", {}, caption, h("button.solid", { value: "send" }, "Send"))));
  const ended = new Promise((resolve) => showBox(dialog, resolve));
  caption.focus();
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    dialog.close("send");
  });
  const answer = await ended;
  URL.revokeObjectURL(address);
  if (answer !== "send") return null;
  const content = await base64(file);
  return photo ? { photo: content, caption: caption.value } : { document: content, name: file.name, caption: caption.value };
}
