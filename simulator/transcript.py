"""A chat as a person sees it now, as JSON."""

from simulator.telegram import html
from simulator.telegram.chats import Chat
from simulator.telegram.entities import Formatted
from simulator.telegram.files import StoredFile
from simulator.telegram.messages import Message
from simulator.telegram.wire import JsonObject


def file_url(stored: StoredFile) -> str:
    """Where the page finds a file: here, or at its own address when it was not fetched."""
    return stored.url if stored.content is None else f"/control/files/{stored.file_id}"


def _text(name: str, formatted: Formatted | None) -> JsonObject:
    if formatted is None:
        return {name: None, f"{name}_html": None}
    return {name: formatted.text, f"{name}_html": html.render(formatted), f"{name}_entities": formatted.entities_json()}


def _button(button: JsonObject) -> JsonObject:
    kind = next((name for name in button if name not in {"text", "style", "icon_custom_emoji_id"}), "text")
    return {**button, "kind": {"callback_data": "callback"}.get(kind, kind)}


def show_message(chat: Chat, message: Message) -> JsonObject:
    """One message."""
    invoice = message.invoice
    shown: JsonObject = {
        "id": message.message_id,
        "from": chat.bot.username if message.from_bot else chat.person.first_name,
        "from_bot": message.from_bot,
        "date": message.date,
        "edited": message.edit_date or None,
        **_text("text", message.text),
        **_text("caption", message.caption),
        "photo": file_url(message.photo) if message.photo else None,
        "photo_size": [message.photo.width, message.photo.height] if message.photo else None,
        "document": {
            "name": message.document.name,
            "size": message.document.size,
            "mime": message.document.mime,
            "url": file_url(message.document),
        }
        if message.document
        else None,
        "keyboard": [[_button(button) for button in row] for row in message.keyboard or ()],
        "invoice": {**invoice.to_json(), "photo_url": invoice.photo_url, "paid": invoice.paid} if invoice else None,
        "service": message.service,
        "reply_to": message.reply_to.message_id if message.reply_to else None,
        "media_group_id": message.media_group_id or None,
    }
    return shown


def show_chat(chat: Chat) -> JsonObject:
    """The whole chat: messages in order, toasts, keyboards, the bot's menu."""
    bot = chat.bot
    return {
        "person": chat.person.to_json(),
        "bot": {"id": bot.id, "username": bot.username, "first_name": bot.first_name},
        "started": chat.started,
        "blocked": chat.blocked,
        "pinned": chat.pinned or None,
        "messages": [show_message(chat, message) for message in chat.messages.values()],
        "toasts": [
            {"text": toast.text, "alert": toast.alert, "at": toast.at, "url": toast.url} for toast in chat.toasts
        ],
        "reply_keyboard": chat.reply_keyboard,
        "commands": list(commands_for(chat)),
        "description": bot.profile.get(("description", chat.person.language_code))
        or bot.profile.get(("description", ""), ""),
    }


def commands_for(chat: Chat) -> list[JsonObject]:
    """The commands a person's menu shows: the narrowest scope and the person's language win."""
    for scope in (f"chat:{chat.person.id}", "all_private_chats", "default"):
        for language in (chat.person.language_code, ""):
            if (scope, language) in chat.bot.commands:
                return chat.bot.commands[scope, language]
    return []


def show_text(chat: Chat, last: int = 12) -> str:
    """The end of the chat in plain words, for the message of a failed test."""
    lines = []
    for message in list(chat.messages.values())[-last:]:
        who = f"@{chat.bot.username}" if message.from_bot else chat.person.first_name
        media = "[photo] " if message.photo else "[file] " if message.document else ""
        service = " ".join(f"[{name}]" for name in message.service)
        lines.append(f"{message.message_id} {who}: {media}{message.words}{service}")
        lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in message.keyboard or ()]
    lines += [f"  toast: {toast.text}" for toast in chat.toasts[-3:]]
    return "\n".join(lines) or "(nothing)"
