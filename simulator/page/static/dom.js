// Make elements without markup: what bots and people write is only ever text.

export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") setStyle(element, value);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Show a box over the page. `closed` hears of its end at once: its own "close" event waits for the next picture,
// and a page that nobody looks at draws none.
export function showBox(dialog, closed) {
  document.body.append(dialog);
  dialog.showModal();
  const watch = new MutationObserver(() => {
    if (dialog.open) return;
    watch.disconnect();
    dialog.remove();
    closed?.(dialog.returnValue);
  });
  watch.observe(dialog, { attributeFilter: ["open"] });
}

function setStyle(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

const PATHS = {
  send: "M3 20.5 21.5 12 3 3.5l.01 6.6L15 12 3.01 13.9z",
  attach: "M16.5 6v10.5a4.5 4.5 0 0 1-9 0V5.5a3 3 0 0 1 6 0v10a1.5 1.5 0 0 1-3 0V6H9v9.5a3 3 0 0 0 6 0v-10a4.5 4.5 0 0 0-9 0v11a6 6 0 0 0 12 0V6z",
  back: "M20 11H7.8l5.6-5.6L12 4l-8 8 8 8 1.4-1.4L7.8 13H20z",
  close: "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",
  reply: "M10 9V5l-7 7 7 7v-4.1c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11z",
  split: "M4 5h7v14H4zm9 0h7v14h-7zM6 7v10h3V7zm9 0v10h3V7z",
  file: "M6 2h8l6 6v14H4V2zm7 1.5V9h5.5z",
  image: "M21 19V5H3v14zM8.5 13.5l2.5 3 3.5-4.5 4.5 6H5z",
  down: "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  card: "M2 5h20v14H2zm2 5v7h16v-7zm0-3v1h16V7z",
  out: "M14 5h5v5h-2V8.4l-7.3 7.3-1.4-1.4L15.6 7H14zM5 7h6v2H7v8h8v-4h2v6H5z",
  app: "M4 4h16v16H4zm2 5v9h12V9zm0-3v1h12V6z",
  copy: "M16 1H4v14h2V3h10zm5 4H8v18h13zm-2 16h-9V7h9z",
  seen: "M18 7l-1.4-1.4-6.3 6.3 1.4 1.4zm4.3-1.4L11.7 16.2l-4.2-4.2-1.4 1.4 5.6 5.6L23.7 7zM.4 13.4 6 19l1.4-1.4L1.8 12z",
  pin: "M16 3v2l-1 1v5l3 3v2h-5v6l-1 1-1-1v-6H6v-2l3-3V6L8 5V3z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const HUES = [["#ff885e", "#ff516a"], ["#ffcd6a", "#ffa85c"], ["#82b1ff", "#665fff"], ["#a0de7e", "#54cb68"],
  ["#53edd6", "#28c9b7"], ["#72d5fd", "#2a9ef1"], ["#e0a2f3", "#d669ed"]];

export function avatar(id, name, size = "") {
  const [from, to] = HUES[Math.abs(Number(id)) % HUES.length];
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").join("").slice(0, 2).toUpperCase();
  return h(`span.avatar${size ? `.${size}` : ""}`, { "aria-hidden": "true", style: { "--from": from, "--to": to } }, letters);
}
