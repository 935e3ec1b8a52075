// What the page knows: people, bots and chats as the server has them, kept fresh by its stream of events.

import { get } from "./api.js";

// A pane shows a person's chat with the bot (their id) or a group they are in ("person:group").
export const placeOf = (person, group) => `${person}:${group}`;

export class Store extends EventTarget {
  people = [];
  bots = [];
  bot = null;
  chats = new Map();
  unread = new Map();
  groups = [];
  #busy = new Map();

  constructor(wantedBot) {
    super();
    this.wantedBot = wantedBot;
  }

  async open() {
    const { last } = await get("events?since=1000000000000");
    await this.reload();
    const stream = new EventSource(`/control/stream?since=${last}`);
    for (const kind of KINDS) stream.addEventListener(kind, (event) => this.#take(JSON.parse(event.data)));
    setInterval(() => this.#lookForBots(), 2000);
  }

  async reload() {
    [{ people: this.people }, { bots: this.bots }, { groups: this.groups }] = await Promise.all([get("people"), get("bots"), get("groups")]);
    this.#chooseBot();
    if (this.bot) await Promise.all(this.people.flatMap((person) => [person.id, ...this.groupsOf(person.id).map((group) => placeOf(person.id, group.id))])
      .map((place) => this.refresh(place)));
    this.#say("people");
  }

  useBot(id) {
    this.wantedBot = String(id);
    this.chats.clear();
    this.unread.clear();
    return this.reload();
  }

  // The groups and channels that a person is in, of the bot on show.
  groupsOf(person) {
    return this.groups.filter((group) => group.bot_id === this.bot?.id && INSIDE.has(group.members[person]) && !group.migrated_to);
  }

  // Many events in one moment lead to one look at the chat, and never to two looks at once.
  async refresh(person) {
    if (this.#busy.has(person)) {
      this.#busy.set(person, "again");
      return;
    }
    this.#busy.set(person, "once");
    try {
      const [who, group] = String(person).split(":");
      const chat = await get(group ? `groups/${group}/${who}` : `chats/${person}?bot=${this.bot.id}`);
      this.chats.set(person, chat);
      this.#say("chat", { person, chat });
    } finally {
      const again = this.#busy.get(person) === "again";
      this.#busy.delete(person);
      if (again) await this.refresh(person);
    }
  }

  read(person) {
    if (this.unread.delete(person)) this.#say("people");
  }

  #chooseBot() {
    const wanted = this.bots.find((bot) => [String(bot.id), bot.username].includes(this.wantedBot));
    this.bot = wanted ?? this.bots.findLast((bot) => bot.listening) ?? this.bots.at(-1) ?? null;
  }

  async #lookForBots() {
    const { bots } = await get("bots").catch(() => ({ bots: this.bots }));
    const same = (one, two) => JSON.stringify(one.map((bot) => [bot.id, bot.username, bot.first_name, bot.listening]))
      === JSON.stringify(two.map((bot) => [bot.id, bot.username, bot.first_name, bot.listening]));
    if (!same(bots, this.bots)) await this.reload();
  }

  async #take(event) {
    if (event.kind === "language") await this.reload();
    if (!this.bot || event.bot !== this.bot.id) return;
    if (event.kind === "menu" && !event.person) await Promise.all(this.people.map((person) => this.refresh(person.id)));
    if (event.kind === "message" && event.from_bot) {
      this.unread.set(event.person, (this.unread.get(event.person) ?? 0) + 1);
    }
    if (event.chat) return this.#inGroup(event);
    this.#say("happened", event);
    if (CHANGING.has(event.kind)) await this.refresh(event.person);
    if (event.kind === "message") this.#say("people");
  }

  // What happens in a group is seen by everybody in it; the answer to a tap by who tapped.
  async #inGroup(event) {
    if (event.kind === "group") ({ groups: this.groups } = await get("groups"));
    for (const person of this.people) {
      if (!this.groupsOf(person.id).some((group) => group.id === event.chat)) continue;
      const place = placeOf(person.id, event.chat);
      if (event.kind === "message" && event.from_bot) this.unread.set(place, (this.unread.get(place) ?? 0) + 1);
      if (!event.person || event.person === person.id || !ANSWERS.has(event.kind)) this.#say("happened", { ...event, person: place });
      if (CHANGING.has(event.kind)) await this.refresh(place);
    }
    this.#say("people");
  }

  #say(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

const KINDS = ["message", "edit", "delete", "pin", "tap", "toast", "alert", "answered", "typing", "sheet", "payment",
  "blocked", "unblocked", "language", "group", "menu"];
const CHANGING = new Set(["message", "edit", "delete", "pin", "payment", "blocked", "unblocked", "group", "menu"]);
const ANSWERS = new Set(["tap", "toast", "alert", "answered"]);
const INSIDE = new Set(["creator", "administrator", "member"]);
