"""Finds who serves a message or a tap, and lets in only whom the handler is for."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from markupsafe import escape
from msgspec.structs import replace

from bot.intake.groups import InGroup
from bot.intake.reading import Incoming, Tap
from bot.routing.leading import led
from bot.routing.people import People
from bot.routing.permitted import permitted
from bot.routing.questions import Questions
from bot.routing.refusals import say
from bot.routing.route import CLOSES, MORE, DialogRoute, Route
from bot.routing.router import Router
from bot.routing.said import PaymentMade, Said
from bot.routing.standing import Standing
from bot.routing.visit import House, Visit
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.parts.registry import registry
from bot.sending.reply import Key, Lead, Reply, Screen, Silence
from db.models import Dialog
from db.session import retrying
from shop.forms import dialogs
from shop.forms.dialogs import OpenForm
from shop.notifications import outbox
from shop.refusals import CannotRead, Refusal

R = TypeVar("R")


class Dispatch:
    """Runs handlers; the whole of one is run again when the database lost a race."""

    def __init__(self, house: House, router: Router, people: People, *, alone: bool = True) -> None:
        self._house = house
        self._router = router
        self._people = people
        self._questions = Questions(house.db, router, alone=alone)
        self._standing = Standing(router)

    async def visit(self, incoming: Incoming, *, afresh: bool = False) -> Visit:
        """Who it is, and what they may use."""
        user, employment = await self._people.meet(incoming.person, afresh=afresh)
        message_id = None
        if isinstance(incoming.what, Said):
            message_id = incoming.what.message_id
        elif isinstance(incoming.what, Tap) and incoming.what.shown is not None:
            message_id = incoming.what.shown.message_id
        telegram_id = incoming.person.telegram_id
        group = incoming.what.group if isinstance(incoming.what, InGroup) else None
        return self._house.visit(user, telegram_id, employment=employment, message_id=message_id, group=group)

    async def tapped(self, visit: Visit, incoming: Incoming, tap: Tap) -> Reply:
        """What a tap is answered with; a button that we do not know leads home."""
        pressed = registry.unpack(tap.data)
        route: Route[Callable[..., Awaitable[Reply]]] | None = None
        if pressed is not None:
            route = self._router.buttons.get(type(pressed))
        return await self._open(visit, incoming, route, pressed) or await self._out_of_date(visit)

    async def said(self, visit: Visit, incoming: Incoming, said: Said) -> Reply:
        """What a message is answered with: commands first, then what it replies to, then the form in progress."""
        if said.text.startswith("/") and not said.is_picture_file:
            return await self._command(visit, incoming, said.text)
        form = await self._questions.open_for(visit)
        if form is not None and self._questions.is_from_before(visit, form, incoming.update_id):
            return Silence()
        if (
            said.is_picture_file
            and not self._takes_files(visit, form)
            and (reply := await self._as_photo(visit, incoming, form, said)) is not None
        ):
            return reply
        if form is not None and await self._follows(visit, form, said):
            return await self._answered(visit, incoming, form, said) or _unknown(visit)
        if (reply := await self._replied(visit, incoming, form, said)) is not None:
            return reply
        if form is not None and (reply := await self._answered(visit, incoming, form, said)) is not None:
            return reply
        reply = None
        if said.photo_file_id is not None:
            reply = await self._open(visit, incoming, self._router.captions.get(""), said)
        elif said.file is not None and not said.is_picture_file:
            reply = await self._open(visit, incoming, self._router.captions.get("file"), said)
        if reply is None:
            reply = await self._open(visit, incoming, self._router.texts.get(""), said)
        return reply or _unknown(visit)

    async def in_group(
        self, visit: Visit, incoming: Incoming, route: Route[Callable[..., Awaitable[R]]], *given: Any
    ) -> R | None:
        """What is answered in a group: no question of the private chat is left or asked for it. None: not for them."""
        return await self._run(visit, incoming, route, *given)

    async def paid(self, visit: Visit, incoming: Incoming, kind: str, payment: PaymentMade) -> Reply:
        """What the news of money is answered with; its screen ends what was asked, once the money is safe."""
        route = self._router.payments[kind]
        reply = await retrying(lambda: route.handle(visit, payment))
        form = await self._questions.open_for(visit)
        if (
            form is not None
            and isinstance(reply, Screen)
            and not self._questions.is_from_before(visit, form, incoming.update_id)
        ):
            await self._questions.leave(visit, form)
        return reply

    async def shown(self, incoming: Incoming, kind: str, message_id: int) -> None:
        """A question is on show in this message: it alone can be answered by its keys."""
        visit = await self.visit(incoming)
        await self._questions.shown(visit, kind, message_id=message_id, update_id=incoming.update_id)

    async def _command(self, visit: Visit, incoming: Incoming, text: str) -> Reply:
        said, *rest = text[1:].split(maxsplit=1) or [""]
        name, argument = said.split("@")[0].lower(), "".join(rest).strip()
        if name == "start" and (link := self._router.find_deep_link(argument)) is not None:
            return await self._open(visit, incoming, *link) or _unknown(visit)
        name = self._router.guessed.get(name, name)
        for served in (name, self._router.otherwise.get(name, "")):
            if (reply := await self._open(visit, incoming, self._router.commands.get(served), argument)) is not None:
                return reply
        return _unknown(visit)

    async def _open(
        self, visit: Visit, incoming: Incoming, route: Route[Callable[..., Awaitable[Reply]]] | None, *given: Any
    ) -> Reply | None:
        """Serve what may open another screen; first the person leaves what they were asked."""
        questions = self._questions
        form = await questions.open_for(visit)
        if form is not None and questions.is_from_before(visit, form, incoming.update_id):
            return Silence()
        going_on = await questions.enter(visit, form, route)
        if going_on is not None and (reply := await self._ask_again(visit, incoming, going_on)) is not None:
            return reply
        if route is None or (route.asks is None and route.within is None):
            return await self._serve(visit, incoming, route, *given)
        questions.forget(visit.user)  # also when the handler fails half way
        reply = await self._serve(visit, incoming, route, *given)
        return None if reply is None else await questions.settle(visit, reply)

    async def _replied(self, visit: Visit, incoming: Incoming, form: OpenForm | None, said: Said) -> Reply | None:
        replied = said.reply_to_message_id
        if replied is None or (form is not None and form.message_id == replied):
            return None
        async with visit.db.read() as session:
            notification = await outbox.find_by_message(session, visit.user.id, replied)
        route = self._router.replies.get(notification.kind) if notification is not None else None
        return None if route is None else await self._open(visit, incoming, route, notification, said)

    async def _as_photo(self, visit: Visit, incoming: Incoming, form: OpenForm | None, said: Said) -> Reply | None:
        """A picture sent as a file, where a photo could be taken: what was asked is asked again; else a refusal."""
        refused = CannotRead(field="photo", given="", hint="photo")
        dialog = None
        if form is not None and form.kind in self._router.dialogs and not self._questions.is_forgotten(visit, form):
            async with visit.db.read() as session:
                dialog = await dialogs.current(session, visit.user)
        if dialog is not None and self._router.dialogs[dialog.kind].takes == "anything":
            asked = await self._ask_again(visit, incoming, dialog, note=say(visit.words, refused))
            if asked is not None:
                return asked
            dialog = None
        if dialog is not None and not (visit.sells and said.text):
            return None  # words are asked for: a photo would not do either
        if visit.sells or said.reply_to_message_id is not None or said.text.startswith("/"):
            raise refused
        return None

    def _takes_files(self, visit: Visit, form: OpenForm | None) -> bool:
        manners = self._router.dialogs.get(form.kind) if form is not None else None
        if form is None or manners is None or self._questions.is_forgotten(visit, form):
            return False
        return manners.takes == "files"

    async def _follows(self, visit: Visit, form: OpenForm, said: Said) -> bool:
        """Whether it is another photo of the album with which the question was answered."""
        if said.album is None or form.step != MORE:
            return False
        async with visit.db.read() as session:
            dialog = await dialogs.current(session, visit.user)
        return dialog is not None and dialog.data.get("album") == said.album

    async def _answered(self, visit: Visit, incoming: Incoming, form: OpenForm, said: Said) -> Reply | None:
        """What an answer leads to; None when the message is none, and is treated as if nothing were asked."""
        manners = self._router.dialogs.get(form.kind)
        if manners is None or self._questions.is_forgotten(visit, form):
            return None
        self._questions.forget(visit.user)
        async with visit.db.read() as session:
            dialog = await dialogs.current(session, visit.user)
        if dialog is None:
            return None
        reply, is_picture = None, said.photo_file_id is not None or said.is_picture_file
        try:
            if manners.takes != "text" or (said.text and not is_picture):
                reply = await self._run(visit, incoming, _as_route(manners.handle, manners), dialog, said)
        except CannotRead as refused:
            return await self._ask_again(visit, incoming, dialog, note=say(visit.words, refused))
        except Refusal as refused:
            if manners.leaves == CLOSES:  # what it was about has moved on: nothing is asked any more
                await self._questions.leave(visit, form)
            screen = await self._standing.behind(visit, manners.audience, dialog, refused)
            if screen is None:
                raise
            return _settling(screen, form.message_id)
        if reply is not None:
            return _settling(await self._questions.settle(visit, reply), form.message_id)
        if said.text and (not is_picture or visit.sells):
            return None
        note = visit.words.plain("Please write it: this I cannot read here.")
        return await self._ask_again(visit, incoming, dialog, note=note)

    async def _ask_again(self, visit: Visit, incoming: Incoming, dialog: Dialog, *, note: str = "") -> Reply | None:
        """The question as it stands, below a note in plain text; None for whom it is not, or not any more."""
        manners = self._router.dialogs[dialog.kind]
        before = dialog.message_id
        reply = await self._serve(visit, incoming, _as_route(manners.again, manners), dialog)
        if reply is None:
            return None
        if isinstance(reply, Screen) and note:
            reply = replace(reply, text=f"⚠️ {escape(note)}\n\n{reply.text}")
        return _settling(await self._questions.settle(visit, reply), before)

    async def _serve(
        self, visit: Visit, incoming: Incoming, route: Route[Callable[..., Awaitable[R]]] | None, *given: Any
    ) -> R | None:
        """The same; what could not be moved is shown as it stands."""
        try:
            return await self._run(visit, incoming, route, *given)
        except Refusal as refusal:
            audience = "everyone" if route is None else route.audience
            screen = await self._standing.behind(visit, audience, given[0], refusal)
            if screen is None:
                raise
            return cast("R", screen)

    async def _run(
        self, visit: Visit, incoming: Incoming, route: Route[Callable[..., Awaitable[R]]] | None, *given: Any
    ) -> R | None:
        """What the handler answers; None when there is none, or none for this person."""
        if route is None:
            return None
        if route.audience != "everyone":
            # a role that was taken away must not act for another minute: it is read again
            visit = await self.visit(incoming, afresh=not visit.is_operator)
            if not visit.may_reach(route.audience, route.needs):
                return None
        reply = await led(self._router, visit, await retrying(lambda: route.handle(visit, *given)))
        return permitted(self._router, visit, reply)

    async def _out_of_date(self, visit: Visit) -> Reply:
        lead: Lead | Reply = Lead(OpenHome(), toast=visit.words.plain("This menu is out of date."))
        return await led(self._router, visit, lead) or Silence()


def _as_route(handle: Callable[..., Awaitable[R]], manners: DialogRoute) -> Route[Callable[..., Awaitable[R]]]:
    return Route(handle, manners.audience, needs=manners.needs)


def _settling(reply: Reply, asked_in: int | None) -> Reply:
    return replace(reply, settles=asked_in) if isinstance(reply, Screen) else reply


def _unknown(visit: Visit) -> Reply:
    words = visit.words
    text = words("I do not know this command. Everything is in the menu.")
    return Screen(text, ((Key(words.plain("🏠 Home"), OpenHome()),),))
