"""A chat as a person sees it now, as JSON."""

from simulator.telegram import html
from simulator.telegram.chats import Chat
from simulator.telegram.entities import Formatted
from simulator.telegram.files import StoredFile
from simulator.telegram.groups import Group
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.web_apps import COMMANDS, menu_button
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


def show_message(chat: Place, message: Message) -> JsonObject:
    """One message."""
    invoice = message.invoice
    shown: JsonObject = {
        "id": message.message_id,
        "from": chat.author(message),
        "from_bot": message.from_bot,
        "author": message.author or None,
        "topic": message.thread or None,
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
        "menu_button": menu_button(bot, chat.person.id),
        "description": bot.profile.get(("description", chat.person.language_code))
        or bot.profile.get(("description", ""), ""),
    }


def show_group(group: Group, person: Person) -> JsonObject:
    """A group or channel as one of its members sees it."""
    bot = group.bot
    toasts = [toast for toast in group.toasts if toast.person == person.id]
    return {
        "group": show_group_row(group),
        "person": person.to_json(),
        "bot": {"id": bot.id, "username": bot.username, "first_name": bot.first_name},
        "started": True,
        "blocked": False,
        "pinned": group.pinned or None,
        "may_write": group.kind != "channel" or group.status.get(person.id) in {"creator", "administrator"},
        "messages": [show_message(group, message) for message in group.messages.values()],
        "toasts": [{"text": one.text, "alert": one.alert, "at": one.at, "url": one.url} for one in toasts],
        "reply_keyboard": None,
        "menu_button": COMMANDS,
        "commands": list(_commands(bot.commands, ("all_group_chats", "default"), person)),
        "description": "",
    }


def show_group_row(group: Group) -> JsonObject:
    """What a list of groups shows of one."""
    return {
        "id": group.id,
        "kind": group.kind,
        "title": group.title,
        "is_forum": group.is_forum,
        "members": {str(number): status for number, status in group.status.items()},
        "bot": group.bot_status,
        "bot_id": group.bot.id,
        "rights": sorted(group.bot_rights),
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in group.topics.values()],
        "migrated_to": group.migrated_to or None,
    }


def commands_for(chat: Chat) -> list[JsonObject]:
    """The commands a person's menu shows: the narrowest scope and the person's language win."""
    return _commands(chat.bot.commands, (f"chat:{chat.person.id}", "all_private_chats", "default"), chat.person)


def _commands(
    known: dict[tuple[str, str], list[JsonObject]], scopes: tuple[str, ...], person: Person
) -> list[JsonObject]:
    for scope in scopes:
        for language in (person.language_code, ""):
            if (scope, language) in known:
                return known[scope, language]
    return []


def show_text(chat: Place, last: int = 12) -> str:
    """The end of the chat in plain words, for the message of a failed test."""
    lines = []
    for message in list(chat.messages.values())[-last:]:
        who = chat.author(message)
        media = "[photo] " if message.photo else "[file] " if message.document else ""
        service = " ".join(f"[{name}]" for name in message.service)
        lines.append(f"{message.message_id} {who}: {media}{message.words}{service}")
        lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in message.keyboard or ()]
    lines += [f"  toast: {toast.text}" for toast in chat.toasts[-3:]]
    return "\n".join(lines) or "(nothing)"
