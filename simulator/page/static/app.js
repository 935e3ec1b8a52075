// Start the page: who is on show, the list of people, links that come back from a browser.

import { h } from "./dom.js";
import { follow } from "./links.js";
import { Pane } from "./pane.js";
import { People } from "./people.js";
import { Store } from "./store.js";

const address = new URL(location.href);
const store = new Store(address.searchParams.get("bot"));
const panes = document.getElementById("panes");
const shown = new Map();
let waiting;

function wanted() {
  const ids = (address.searchParams.get("people") ?? "").split(",").map((place) => (place.includes(":") ? place : Number(place)));
  const known = ids.filter((place) => personOf(place) && (typeof place === "number" || groupOf(place)));
  return known.length ? known : store.people.slice(0, 1).map((person) => person.id);
}

function personOf(place) {
  const id = Number(String(place).split(":")[0]);
  return store.people.find((person) => person.id === id);
}

function groupOf(place) {
  const id = Number(String(place).split(":")[1]);
  return store.groupsOf(personOf(place)?.id).find((group) => group.id === id);
}

function show(ids) {
  for (const [id, pane] of shown) {
    if (ids.includes(id)) continue;
    pane.close();
    shown.delete(id);
  }
  waiting?.remove();
  if (!store.bot) {
    waiting = noBot();
    panes.replaceChildren(waiting);
    return;
  }
  for (const id of ids) {
    if (!shown.has(id)) shown.set(id, new Pane(store, personOf(id), actions, groupOf(id)));
    panes.append(shown.get(id).element);
  }
  for (const pane of shown.values()) pane.alone(ids.length === 1);
  panes.style.setProperty("--columns", ids.length);
  address.searchParams.set("people", ids.join(","));
  history.replaceState(null, "", decodeURIComponent(address.href));
  people.choose(ids);
  document.body.classList.remove("list-open");
}

const actions = {
  list: () => document.body.classList.add("list-open"),
  open: (id) => show([id]),
  leave: (id) => show([...shown.keys()].filter((other) => other !== id)),
};

const people = new People(document.getElementById("people"), store, {
  only: (id) => show([id]),
  beside: (id) => {
    const ids = [...shown.keys()];
    if (!ids.includes(id)) return show([...ids, id]);
    if (ids.length > 1) show(ids.filter((other) => other !== id));
  },
});

function noBot() {
  return h("section.nobody", {}, h("h1", {}, "No bot has called yet"),
    h("p", {}, "Start a bot whose Bot API server is this one:"), h("code", {}, `${location.origin}/bot`),
    h("p", {}, "Its chats appear here by themselves."));
}

// A shop's payment page leads back to t.me/<bot>?start=…; the tab it was opened in remembers whose phone it is.
async function comeBack(link) {
  const person = Number(/^person-(\d+)/.exec(window.name)?.[1]);
  if (!person) return chooseWho(link);
  await follow(person, store.bot, link);
  window.close();
  location.replace(`/?people=${person}`);
}

function chooseWho(link) {
  const buttons = store.people.map((person) => h("button", { type: "button", onclick: () => {
    window.name = `person-${person.id}`;
    comeBack(link);
  } }, person.first_name));
  panes.replaceChildren(h("section.nobody", {}, h("h1", {}, "Who opens this link?"), h("code", {}, link), h("p.row", {}, buttons)));
}

await store.open();
if (address.pathname.startsWith("/t.me/")) {
  await comeBack(`https:/${address.pathname}${address.search}`);
} else {
  show(wanted());
  let bot = store.bot?.id;
  store.addEventListener("people", () => {
    if (store.bot?.id === bot) return;
    bot = store.bot?.id;
    const ids = shown.size ? [...shown.keys()] : wanted();
    show([]);
    show(ids);
  });
}
