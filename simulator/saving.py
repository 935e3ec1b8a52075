"""Keep the pretend Telegram in a JSON file, so that a demo goes on where it stopped."""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from simulator.telegram.bots import Bot, StarMovement
from simulator.telegram.chats import Chat, Toast
from simulator.telegram.entities import Entity, Formatted
from simulator.telegram.files import StoredFile
from simulator.telegram.groups import Group, Topic
from simulator.telegram.invoices import Invoice, Price
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.subscriptions import Subscription
from simulator.telegram.updates import Update
from simulator.telegram.world import World

VERSION = 1
PLAIN = (
    "message_id",
    "from_bot",
    "date",
    "service",
    "keyboard",
    "edit_date",
    "media_group_id",
    "extra",
    "fixed",
    "author",
    "thread",
)
Row: TypeAlias = dict[str, Any]


def save(world: World, path: Path) -> None:
    """Write everything worth keeping, all at once or not at all."""
    document = {
        "version": VERSION,
        "people": [person.to_json() for person in world.people.values()],
        "files": [_file_row(stored) for stored in world.files.by_id.values()],
        "bots": [_bot_row(bot) for bot in world.bots.values()],
        "chats": [_chat_row(chat) for chat in world.chats.values()],
        "groups": [_group_row(group) for group in world.groups.values()],
    }
    draft = path.with_suffix(f"{path.suffix}.new")
    draft.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def load(world: World, path: Path) -> None:
    """Read what `save` wrote; raises ValueError for a file of another version."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("version") != VERSION:
        raise ValueError(f"{path} was not written by this version of the simulator")
    for row in document["people"]:
        person = Person.from_json(row)
        world.people[person.id] = person
    for row in document["files"]:
        content = row.pop("content")
        world.files.keep(StoredFile(**row, content=None if content is None else b64decode(content)))
    for row in document["bots"]:
        _load_bot(world, row)
    for row in document["chats"]:
        _load_chat(world, row)
    for row in document.get("groups", ()):
        _load_group(world, row)


@asynccontextmanager
async def saving(world: World, path: Path) -> AsyncIterator[None]:
    """Save about once a second while things happen, and at the end."""
    async with asyncio.TaskGroup() as group:
        worker = group.create_task(_save_often(world, path))
        try:
            yield
        finally:
            worker.cancel()
            save(world, path)


async def _save_often(world: World, path: Path) -> None:
    saved = 0
    while True:
        if world.journal.last == saved:
            await world.journal.changed.wait()
        saved = world.journal.last
        save(world, path)
        await asyncio.sleep(1.0)


def _file_row(stored: StoredFile) -> Row:
    return {**asdict(stored), "content": None if stored.content is None else b64encode(stored.content).decode()}


def _bot_row(bot: Bot) -> Row:
    return {
        "token": bot.token,
        "username": bot.username,
        "first_name": bot.first_name,
        "inline": bot.inline,
        "next_update": bot.updates.next_id,
        "allowed_updates": sorted(bot.updates.allowed),
        "updates": [asdict(update) for update in bot.updates.waiting.values()],
        "commands": [[scope, language, rows] for (scope, language), rows in bot.commands.items()],
        "menu_buttons": list(bot.menu_buttons.items()),
        "profile": [[field, language, words] for (field, language), words in bot.profile.items()],
        "stars": [asdict(movement) for movement in bot.stars],
        "subscriptions": [asdict(one) for one in bot.subscriptions],
        "links": {slug: asdict(invoice) for slug, invoice in bot.invoice_links.items()},
    }


def _load_bot(world: World, row: Row) -> None:
    bot = world.bot(row["token"])
    bot.username, bot.first_name, bot.updates.next_id = row["username"], row["first_name"], row["next_update"]
    bot.updates.allow(row["allowed_updates"])
    bot.inline = row.get("inline", False)
    for values in row["updates"]:
        bot.updates.waiting[values["id"]] = Update(**{**values, "lane": tuple(values["lane"])})
    bot.commands = {(scope, language): rows for scope, language, rows in row["commands"]}
    bot.menu_buttons = dict(row.get("menu_buttons", ()))
    bot.profile = {(field, language): words for field, language, words in row["profile"]}
    bot.stars = [StarMovement(**movement) for movement in row["stars"]]
    bot.subscriptions = [Subscription(**values) for values in row.get("subscriptions", ())]
    bot.invoice_links = {slug: _invoice(values) for slug, values in row["links"].items()}


def _chat_row(chat: Chat) -> Row:
    return {
        "bot": chat.bot.token,
        "person": chat.person.id,
        "last_id": chat.last_id,
        "started": chat.started,
        "blocked": chat.blocked,
        "deleted": chat.deleted,
        "pinned": chat.pinned,
        "reply_keyboard": chat.reply_keyboard,
        "toasts": [asdict(toast) for toast in chat.toasts[-50:]],
        "messages": [_message_row(message) for message in chat.messages.values()],
    }


def _load_chat(world: World, row: Row) -> None:
    chat = world.chat(world.bot(row["bot"]), world.people[row["person"]])
    chat.last_id, chat.started, chat.blocked = row["last_id"], row["started"], row["blocked"]
    chat.deleted = row.get("deleted", False)
    chat.pinned, chat.reply_keyboard = row["pinned"], row["reply_keyboard"]
    chat.toasts = [Toast(**toast) for toast in row["toasts"]]
    for values in row["messages"]:
        chat.add(_message(world, chat, values))


GROUP = ("number", "kind", "title", "is_forum", "bot_status", "muted", "migrated_to", "met", "last_id", "pinned")


def _group_row(group: Group) -> Row:
    return {
        **{name: getattr(group, name) for name in GROUP},
        "bot": group.bot.token,
        "members": list(group.status.items()),
        "rights": sorted(group.bot_rights),
        "topics": [asdict(topic) for topic in group.topics.values()],
        "messages": [_message_row(message) for message in group.messages.values()],
    }


def _load_group(world: World, row: Row) -> None:
    group = Group(world.bot(row["bot"]), **{name: row[name] for name in GROUP})
    group.status = {number: status for number, status in row["members"] if number in world.people}
    group.people = {number: world.people[number] for number in group.status}
    group.bot_rights = frozenset(row["rights"])
    group.topics = {topic["id"]: Topic(**topic) for topic in row["topics"]}
    world.groups[group.id] = group
    for values in row["messages"]:
        group.add(_message(world, group, values))


def _message_row(message: Message) -> Row:
    return {
        **{name: getattr(message, name) for name in PLAIN},
        "text": asdict(message.text) if message.text else None,
        "caption": asdict(message.caption) if message.caption else None,
        "photo": message.photo.file_id if message.photo else None,
        "document": message.document.file_id if message.document else None,
        "invoice": asdict(message.invoice) if message.invoice else None,
        "reply_to": message.reply_to.message_id if message.reply_to else None,
    }


def _message(world: World, chat: Place, row: Row) -> Message:
    files = world.files.by_id
    return Message(
        **{name: row[name] for name in PLAIN if name in row},
        text=_formatted(row["text"]),
        caption=_formatted(row["caption"]),
        photo=files[row["photo"]] if row["photo"] else None,
        document=files[row["document"]] if row["document"] else None,
        invoice=_invoice(row["invoice"]) if row["invoice"] else None,
        reply_to=chat.messages.get(row["reply_to"]),
    )


def _formatted(row: Row | None) -> Formatted | None:
    return Formatted(row["text"], [Entity(**entity) for entity in row["entities"]]) if row else None


def _invoice(row: Row) -> Invoice:
    return Invoice(**{**row, "prices": [Price(**price) for price in row["prices"]]})
