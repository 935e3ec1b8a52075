"""Finds who serves a message or a tap, and lets in only whom the handler is for."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from msgspec.structs import replace

from bot.buttons import registry
from bot.buttons.home import OpenHome
from bot.intake.reading import Incoming, Tap
from bot.people import People
from bot.reply import Key, Reply, Screen
from bot.router import Route, Router
from bot.said import Said
from bot.visit import House, Visit
from db.models import Dialog, Notification
from db.session import retrying
from shop import dialogs, outbox

R = TypeVar("R")


class Dispatch:
    """Runs handlers; the whole of one is run again when the database lost a race."""

    def __init__(self, house: House, router: Router, people: People) -> None:
        self._house = house
        self._router = router
        self._people = people

    async def visit(self, incoming: Incoming, *, afresh: bool = False) -> Visit:
        """Who it is, and what they may use."""
        user = await self._people.recognise(incoming.person, afresh=afresh)
        message_id = None
        if isinstance(incoming.what, Said):
            message_id = incoming.what.message_id
        elif isinstance(incoming.what, Tap) and incoming.what.shown is not None:
            message_id = incoming.what.shown.message_id
        return self._house.visit(user, incoming.person.telegram_id, message_id=message_id)

    async def tapped(self, visit: Visit, incoming: Incoming, tap: Tap) -> Reply:
        """What a tap is answered with; a button that we do not know leads home."""
        pressed = registry.unpack(tap.data)
        route: Route[Callable[..., Awaitable[Reply]]] | None = None
        if pressed is not None:
            route = self._router.buttons.get(type(pressed))
        return await self._serve(visit, incoming, route, pressed) or await self._out_of_date(visit)

    async def said(self, visit: Visit, incoming: Incoming, said: Said) -> Reply:
        """What a message is answered with: commands first, then what it replies to, then the form in progress."""
        if said.text.startswith("/"):
            return await self._command(visit, incoming, said.text)
        reply: Reply | None = None
        notification, dialog = await self._context(visit, said)
        if notification is not None:
            route = self._router.replies.get(notification.kind)
            reply = await self._serve(visit, incoming, route, notification, said)
        if reply is None and dialog is not None:
            reply = await self._serve(visit, incoming, self._router.dialogs.get(dialog.kind), dialog, said)
        if reply is None and said.photo_file_id is not None:
            reply = await self._serve(visit, incoming, self._router.captions.get(""), said)
        if reply is None:
            reply = await self._serve(visit, incoming, self._router.texts.get(""), said)
        return reply or _unknown(visit)

    async def _context(self, visit: Visit, said: Said) -> tuple[Notification | None, Dialog | None]:
        async with visit.db.read() as session:
            notification = None
            if said.reply_to_message_id is not None:
                notification = await outbox.find_by_message(session, visit.user.id, said.reply_to_message_id)
            return notification, await dialogs.current(session, visit.user)

    async def _command(self, visit: Visit, incoming: Incoming, text: str) -> Reply:
        name, _, argument = text[1:].partition(" ")
        name, argument = name.split("@")[0].lower(), argument.strip()
        if name == "start" and (link := self._router.find_deep_link(argument)) is not None:
            return await self._serve(visit, incoming, *link) or _unknown(visit)
        return await self._serve(visit, incoming, self._router.commands.get(name), argument) or _unknown(visit)

    async def _serve(
        self, visit: Visit, incoming: Incoming, route: Route[Callable[..., Awaitable[R]]] | None, *given: Any
    ) -> R | None:
        """What the handler answers; None when there is none, or none for this person."""
        if route is None:
            return None
        if route.audience != "everyone":
            # a role that was taken away must not act for another minute: it is read again
            visit = await self.visit(incoming, afresh=not visit.is_operator)
            if not (visit.is_operator if route.audience == "operator" else visit.is_owner):
                return None
        return await retrying(lambda: route.handle(visit, *given))

    async def _out_of_date(self, visit: Visit) -> Reply:
        home = self._router.buttons[OpenHome]
        screen = await retrying(lambda: home.handle(visit, OpenHome()))
        if isinstance(screen, Screen):
            return replace(screen, toast=visit.words.plain("This menu is out of date."))
        return screen


def _unknown(visit: Visit) -> Reply:
    words = visit.words
    text = words("I do not know this command. Everything is in the menu.")
    return Screen(text, ((Key(words.plain("🏠 Home"), OpenHome()),),))
