// Pictures, albums and files.

import { h, icon } from "./dom.js";

const WIDEST = 400;
const TALLEST = 400;

function size([width, height], count) {
  if (count > 1) return { width: WIDEST / 2, height: WIDEST / 2 };
  const scale = Math.min(WIDEST / width, TALLEST / height, Math.max(1, 240 / width));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function missing(box) {
  box.classList.add("missing");
  box.replaceChildren(icon("image"), h("span", {}, "No picture"));
}

// The new picture is decoded before it takes the old one's place: an edited screen never blinks.
function picture(message, count) {
  const { width, height } = size(message.photo_size ?? [4, 3], count);
  const image = h("img", { alt: message.caption ? "" : "Photo", width, height, decoding: "sync" });
  const box = h("a.photo", { href: message.photo, target: "_blank", rel: "noreferrer", "aria-label": "Open the photo",
    style: { "--ratio": `${width} / ${height}` } }, image);
  const ready = new Promise((resolve) => {
    image.onload = resolve;
    image.onerror = () => {
      missing(box);
      resolve();
    };
  });
  image.src = message.photo;
  return { box, ready, width };
}

export function album(slot, messages) {
  const made = messages.map((message) => picture(message, messages.length));
  const token = {};
  slot.token = token;
  const place = () => {
    if (slot.token !== token) return;
    slot.replaceChildren(...made.map(({ box }) => box));
    slot.classList.toggle("album", messages.length > 1);
    slot.parentElement.style.setProperty("--photo", `${messages.length > 1 ? WIDEST : made[0]?.width ?? 0}px`);
  };
  if (!slot.childElementCount || !messages.length) place();
  else Promise.race([Promise.all(made.map(({ ready }) => ready)), new Promise((late) => setTimeout(late, 400))]).then(place);
  return null;
}

function weight(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

export function documentRow({ document: file }) {
  return h("a.document", { href: file.url, download: file.name }, h("span.disc", {}, icon("file")),
    h("span.about", {}, h("b", {}, file.name), h("small", {}, weight(file.size))));
}
