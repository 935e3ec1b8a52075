// An empty chat: who one is, what the bot does, where to begin.

import { avatar, h } from "./dom.js";

export function welcome(pane, chat) {
  const { person, bot } = pane;
  return h("section.welcome", {},
    avatar(bot.id + 4, bot.first_name, "large"),
    h("h3", {}, bot.first_name),
    chat.description && h("p.description", {}, h("b", {}, "What can this bot do?"), chat.description),
    h("p", {}, `You are ${person.first_name}. Press Start.`),
    person.hint && h("p.hint", {}, person.hint));
}
