"""Open a Web App: from the button in place of the menu, or from one under a message."""

from dataclasses import dataclass

from simulator.acts.refusals import CannotDo
from simulator.telegram.chats import Chat
from simulator.telegram.web_apps import init_data, menu_button
from simulator.telegram.wire import JsonObject, as_object, as_text
from simulator.telegram.world import World


@dataclass(frozen=True, slots=True)
class WebApp:
    """An app as a phone opens it: its address, and what it is told of who opened it."""

    url: str
    init_data: str
    label: str

    def to_json(self) -> JsonObject:
        """For the control API."""
        return {"url": self.url, "init_data": self.init_data, "label": self.label}


def open_menu(world: World, chat: Chat) -> WebApp:
    """The app in place of the menu; raises CannotDo where the menu has commands."""
    button = menu_button(chat.bot, chat.person.id)
    if button["type"] != "web_app":
        raise CannotDo(f"the menu of {chat.name} has commands, no app")
    return _open(world, chat, button)


def open_button(world: World, chat: Chat, message_id: int, row: int, column: int) -> WebApp:
    """The app behind a button of a message, both places counted from 0; raises CannotDo for any other button."""
    message = chat.messages.get(message_id)
    try:
        button = (message.keyboard or [])[row][column] if message else {}
    except IndexError:
        button = {}
    if "web_app" not in button:
        raise CannotDo(f"{chat.name} sees no button that opens an app there")
    return _open(world, chat, button)


def _open(world: World, chat: Chat, button: JsonObject) -> WebApp:
    app = as_object(button["web_app"]) or {}
    told = init_data(chat.bot, chat.person, world.fresh_id(), world.seconds())
    return WebApp(as_text(app.get("url")), told, as_text(button["text"]))
