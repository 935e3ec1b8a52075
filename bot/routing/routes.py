"""The table of routes: for each thing that can come in, the one handler that serves it."""

from typing import Any, TypeVar

from bot.routing.route import (
    DialogRoute,
    OnButton,
    OnInline,
    OnJoined,
    OnNotice,
    OnPage,
    OnPayment,
    OnPreCheckout,
    OnReply,
    OnSaid,
    OnShipping,
    OnText,
    Route,
)
from bot.sending.button import Button

K = TypeVar("K")
R = TypeVar("R")

LONGEST_LINK = 64  # characters after ?start=, Bot API


class Routes:
    """Every route, by what it serves; no two serve the same thing."""

    def __init__(self) -> None:
        self.commands: dict[str, Route[OnText]] = {}
        self.group_commands: dict[str, Route[OnText]] = {}
        self.joined: dict[str, Route[OnJoined]] = {}
        self.guessed: dict[str, str] = {}  # names in no menu that people try, and the command that each stands for
        self.otherwise: dict[str, str] = {}  # commands that are not for everybody, and who serves the others
        self.deep_links: dict[str, Route[OnText]] = {}
        self.buttons: dict[type[Button], Route[OnButton[Any]]] = {}
        self.pages: dict[type[Button], Route[OnPage[Any]]] = {}
        self.dialogs: dict[str, DialogRoute] = {}
        self.replies: dict[str, Route[OnReply]] = {}
        self.notices: dict[str, Route[OnNotice]] = {}
        self.captions: dict[str, Route[OnSaid]] = {}
        self.texts: dict[str, Route[OnSaid]] = {}
        self.inlines: dict[str, Route[OnInline]] = {}
        self.pre_checkouts: dict[str, Route[OnPreCheckout]] = {}
        self.shippings: dict[str, Route[OnShipping]] = {}
        self.payments: dict[str, Route[OnPayment]] = {}

    def include(self, other: "Routes") -> None:
        """Take over every route of another table. Raises ValueError when both serve the same thing."""
        for name, routes in vars(other).items():
            for key, route in routes.items():
                put(getattr(self, name), key, route)

    def find_deep_link(self, argument: str) -> tuple[Route[OnText], str] | None:
        """The route whose prefix begins the argument of /start, and the rest of it."""
        if not (len(argument) <= LONGEST_LINK and argument.isascii() and argument.isprintable()):
            return None  # no link of ours, and nothing that a database keeps
        for prefix, route in self.deep_links.items():
            if argument.startswith(prefix):
                return route, argument[len(prefix) :]
        return None


def put(routes: dict[K, R], key: K, route: R) -> None:
    """Add a route. Raises ValueError when there is one for the same thing."""
    if key in routes:
        message = f"{key!r} is handled twice"
        raise ValueError(message)
    routes[key] = route
