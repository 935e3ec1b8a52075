// Open links as a phone does: those of Telegram stay in the chat, all others get a tab.

import { post } from "./api.js";

export function isTelegram(url) {
  return /^(https?:\/\/)?(t|telegram)\.me\//i.test(url);
}

export function follow(person, bot, url) {
  return post("follow", { person, bot: bot.id, url });
}

export async function openLink(person, bot, url, { sheet }) {
  if (!isTelegram(url)) {
    // The tab's name tells the page, should the link lead back to the bot, whose phone this is.
    window.open(url, `person-${person}-${Date.now()}`);
    return;
  }
  const result = await follow(person, bot, url);
  if (result.sheet) sheet(result.sheet);
  else if (result.url) window.open(result.url, "_blank", "noreferrer");
}
