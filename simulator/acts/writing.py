"""Write to a bot: texts, commands, photos, files, replies."""

import re
from mimetypes import guess_type

from simulator.acts.refusals import CannotDo
from simulator.telegram.chats import Chat
from simulator.telegram.entities import Entity, Formatted, detect, merge, utf16_length
from simulator.telegram.formatting import MAX_CAPTION, MAX_TEXT
from simulator.telegram.groups import Group
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.world import World

_MARKED = re.compile(r"\*\*(\w(?:[^*\n]*\w)?)\*\*")


def _formatted(text: str, limit: int) -> Formatted:
    clean = text.strip()
    if len(clean) > limit:
        raise CannotDo(f"the phone does not send more than {limit} characters")
    plain, bold = _bold(clean)
    return Formatted(plain, merge(bold, detect(plain)))


def _bold(text: str) -> tuple[str, list[Entity]]:
    """What the phone makes of **this**: it sends the words and which of them are bold."""
    marked: list[Entity] = []
    parts, end = [], 0
    for found in _MARKED.finditer(text):
        parts.append(text[end : found.start()])
        offset = utf16_length("".join(parts))
        marked.append(Entity("bold", offset, utf16_length(found[1])))
        parts.append(found[1])
        end = found.end()
    return "".join([*parts, text[end:]]), marked


def _answered(chat: Place, reply_to: int) -> Message | None:
    if not reply_to:
        return None
    if reply_to not in chat.messages:
        raise CannotDo(f"there is no message {reply_to} to reply to")
    return chat.messages[reply_to]


def write(world: World, chat: Chat, text: str, reply_to: int = 0) -> Message:
    """Send a text; a command is a text that begins with a slash."""
    formatted = _formatted(text, MAX_TEXT)
    if not formatted.text:
        raise CannotDo("the phone does not send an empty message")
    chat.started = True
    answered = _answered(chat, reply_to)
    return world.put(chat, Message(chat.take_id(), False, world.seconds(), text=formatted, reply_to=answered))


def write_in_group(
    world: World, group: Group, person: Person, text: str, reply_to: int = 0, thread: int = 0
) -> Message:
    """Write in a group (into a topic), or a post in a channel."""
    formatted = _formatted(text, MAX_TEXT)
    if not formatted.text:
        raise CannotDo("the phone does not send an empty message")
    if group.kind == "channel" and group.status[person.id] not in {"creator", "administrator"}:
        raise CannotDo(f"{person.first_name} only reads {group.title}")
    if thread and (thread not in group.topics or group.topics[thread].closed):
        raise CannotDo(f"topic {thread} of {group.title} is closed or gone")
    answered = _answered(group, reply_to)
    message = Message(group.take_id(), False, world.seconds(), text=formatted, reply_to=answered, author=person.id)
    message.thread = thread or (answered.thread if answered else 0)
    return world.put(group, message)


def send_photo(
    world: World, chat: Chat, content: bytes, caption: str = "", reply_to: int = 0, album: str = ""
) -> Message:
    """Send a picture with an optional caption, perhaps as one of an album; raises BotApiError when it is no picture."""
    photo = world.files.add(chat.bot.id, "photo", "photo.jpg", content)
    return _send_media(
        world, chat, caption, reply_to, Message(0, False, world.seconds(), photo=photo, media_group_id=album)
    )


def send_document(world: World, chat: Chat, content: bytes, name: str, caption: str = "", reply_to: int = 0) -> Message:
    """Send a file with an optional caption."""
    document = world.files.add(chat.bot.id, "document", name, content, guess_type(name)[0] or "")
    return _send_media(world, chat, caption, reply_to, Message(0, False, world.seconds(), document=document))


def _send_media(world: World, chat: Chat, caption: str, reply_to: int, message: Message) -> Message:
    formatted = _formatted(caption, MAX_CAPTION)
    message.caption = formatted if formatted.text else None
    message.reply_to = _answered(chat, reply_to)
    message.message_id = chat.take_id()
    chat.started = True
    return world.put(chat, message)


def edit(world: World, chat: Chat, message_id: int, text: str) -> Message:
    """Change one's own text; the bot gets an `edited_message`."""
    message = chat.messages.get(message_id)
    if message is None or message.from_bot or message.text is None:
        raise CannotDo(f"message {message_id} is no text of {chat.person.first_name}")
    message.text, message.edit_date = _formatted(text, MAX_TEXT), world.seconds()
    world.tell("edit", chat, {"message_id": message_id})
    chat.bot.updates.add("edited_message", chat.message_json(message), ("chat", chat.id))
    return message
