"""Tap a button: by its label on the newest keyboard, by its place, or with data the client made up."""

from dataclasses import dataclass

from simulator.acts.refusals import CannotDo
from simulator.acts.writing import write
from simulator.telegram.chats import Chat
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.queries import LIFETIME, OpenQuery
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World


@dataclass(slots=True)
class Tapped:
    """What a tap led to: a callback query (`query`), an address (`url`), or a payment form (`pay`)."""

    message_id: int
    label: str
    query: OpenQuery | None = None
    url: str = ""
    pay: bool = False
    sent: str = ""

    @property
    def answered(self) -> bool:
        """Whether the bot has answered the callback query."""
        return self.query is not None and self.query.answered


def _newest(chat: Place) -> Message:
    screen = chat.screen
    if screen is None:
        raise CannotDo(f"{chat.name} sees no keyboard")
    return screen


def _message(chat: Place, message_id: int) -> Message:
    if not message_id:
        return _newest(chat)
    if message_id not in chat.messages:
        raise CannotDo(f"there is no message {message_id} in the chat of {chat.name}")
    return chat.messages[message_id]


def _matching(message: Message, label: str) -> list[JsonObject]:
    """Buttons called exactly this, or else the ones whose label contains it."""
    buttons = [button for row in message.keyboard or () for button in row]
    exact = [button for button in buttons if button["text"] == label]
    return exact or [button for button in buttons if label.lower() in str(button["text"]).lower()]


def tap_label(world: World, chat: Chat, label: str, message_id: int = 0) -> Tapped:
    """Tap by label: of one message, or of the newest keyboard; a reply keyboard's button sends its text."""
    if not message_id and chat.reply_keyboard and (text := _reply_button(chat.reply_keyboard, label)):
        sent = write(world, chat, text)
        return Tapped(sent.message_id, text, sent=text)
    return press(world, chat, *_labelled(chat, label, message_id), chat.person)


def tap_label_in(world: World, place: Place, person: Person, label: str, message_id: int = 0) -> Tapped:
    """The same in a group."""
    return press(world, place, *_labelled(place, label, message_id), person)


def _labelled(chat: Place, label: str, message_id: int) -> tuple[Message, JsonObject]:
    message = _message(chat, message_id)
    found = _matching(message, label)
    if len(found) != 1 and not (found and found[0]["text"] == label):
        shown = ", ".join(repr(text) for text in message.labels)
        why = "no button" if not found else f"{len(found)} buttons"
        raise CannotDo(f"{chat.name} sees {why} {label!r}; on show: {shown}")
    return message, found[0]


def tap_place(world: World, chat: Place, person: Person, message_id: int, row: int, column: int) -> Tapped:
    """Tap the button in a row and column, both counted from 0."""
    message = _message(chat, message_id)
    try:
        button = (message.keyboard or [])[row][column]
    except IndexError:
        raise CannotDo(f"message {message.message_id} has no button in row {row}, column {column}") from None
    return press(world, chat, message, button, person)


def tap_data(world: World, chat: Place, person: Person, data: str, message_id: int = 0) -> Tapped:
    """Send callback data no button has, as a changed client can, from a message that may be deleted by now."""
    if not message_id:
        message_id = _newest(chat).message_id
    return _ask(world, chat, person, message_id, data, data)


def _reply_button(keyboard: JsonObject, label: str) -> str:
    rows = keyboard.get("keyboard")
    for row in rows if isinstance(rows, list) else []:
        for button in row if isinstance(row, list) else []:
            text = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
            if text == label:
                return label
    return ""


def press(world: World, chat: Place, message: Message, button: JsonObject, person: Person) -> Tapped:
    """Do what the button does."""
    label = str(button["text"])
    if "callback_data" in button:
        return _ask(world, chat, person, message.message_id, str(button["callback_data"]), label)
    if button.get("pay"):
        return Tapped(message.message_id, label, pay=True)
    if "url" in button:
        return Tapped(message.message_id, label, url=str(button["url"]))
    if "switch_inline_query" in button:
        return Tapped(message.message_id, label, url=f"@{chat.bot.username} {button['switch_inline_query']}")
    web_app = button.get("web_app")
    if isinstance(web_app, dict):
        return Tapped(message.message_id, label, url=str(web_app.get("url", "")))
    return Tapped(message.message_id, label)


def _ask(world: World, chat: Place, person: Person, message_id: int, data: str, label: str) -> Tapped:
    now = world.clock.now()
    query = OpenQuery(world.fresh_id(), "callback", person.id, now, data, now + LIFETIME, message_id)
    query.chat = min(0, chat.id)
    chat.bot.remember(query, now)
    message = chat.messages.get(message_id)
    body: JsonObject = {
        "id": query.id,
        "from": person.user(),
        "message": chat.message_json(message)
        if message
        else {"chat": chat.header(), "message_id": message_id, "date": 0},
        "chat_instance": chat.instance,
        "data": data,
    }
    world.tell("tap", chat, {"message_id": message_id, "label": label, "query_id": query.id}, person.id)
    query.wanted = chat.bot.updates.add("callback_query", body, ("user", person.id)) is not None
    return Tapped(message_id, label, query)
