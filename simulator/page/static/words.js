// Messages in few words: previews, quotes, service notes, names for screen readers.

import { money } from "./money.js";

// A deep link sends its token after /start, and Telegram does not show it.
export function shownText(message) {
  const text = message.text ?? message.caption;
  return message.from_bot ? text : text?.replace(/^\/start \S+$/, "/start");
}

// Whose phone it is decides: in a group others write, too, and in a channel nobody does.
export function isOwn(message, pane) {
  return !message.from_bot && (!pane.group || (message.author === pane.person.id && pane.group.kind !== "channel"));
}

export function preview(message) {
  const words = shownText(message) ?? message.invoice?.title ?? service(message, "the bot") ?? "";
  const kind = message.photo ? "🖼 " : message.document ? `📎 ${message.document.name} ` : message.invoice ? "🧾 " : "";
  return `${message.from_bot ? "" : message.author ? `${message.from}: ` : "You: "}${kind}${words}`.replace(/\s+/g, " ").trim();
}

export function quote(message) {
  const words = shownText(message) || message.invoice?.title || message.document?.name;
  return (words || (message.photo ? "Photo" : "Message")).replace(/\s+/g, " ");
}

export function service(message, botName) {
  const { successful_payment: paid, refunded_payment: refunded, pinned_message: pinned, ...other } = message.service;
  if (paid) return `You have just paid ${money(paid.total_amount, paid.currency)} to ${botName}`;
  if (refunded) return `${botName} returned ${money(refunded.total_amount, refunded.currency)} to you`;
  if (pinned) return `${botName} pinned a message`;
  if (other.new_chat_members) return `${other.new_chat_members.map((one) => one.first_name).join(", ")} joined the group`;
  if (other.forum_topic_created) return `Topic “${other.forum_topic_created.name}” was created`;
  if (other.migrate_to_chat_id || other.migrate_from_chat_id) return "The group became a supergroup";
  const names = Object.keys(other);
  return names.length ? names.join(", ").replaceAll("_", " ") : null;
}
