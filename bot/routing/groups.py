"""Serves what happens in groups and channels: taps of those who may, a few commands, being let in and thrown out.

No screen of a customer is ever drawn here. Whoever may not is told so over the key, and in no other way.
"""

from collections.abc import Awaitable, Callable

import structlog
from msgspec import Struct
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.intake.groups import GroupSaid, GroupTap, Joined, Moved
from bot.intake.reading import Incoming
from bot.routing.dispatch import Dispatch
from bot.routing.in_groups import ACTS, acting
from bot.routing.incidents import Incidents
from bot.routing.refusals import say
from bot.routing.route import Route
from bot.routing.router import Router
from bot.routing.said import Group
from bot.routing.visit import House, Visit
from bot.screens.parts.registry import registry
from bot.screens.selling.chats.buttons import SetNews, SetPrivate
from bot.sending.answer import Answer
from bot.sending.api import Caller
from bot.sending.button import Button
from bot.sending.in_chats import Chats, is_lost
from bot.sending.reply import Reply, Screen, Toast
from bot.words import words_for
from db.session import is_away
from shop import chats
from shop.refusals import NotFound, Refusal

log = structlog.get_logger()


class Groups(Struct, frozen=True, kw_only=True):
    """Handles one update from a group; lets no error out."""

    house: House
    router: Router
    dispatch: Dispatch
    bot: Caller
    chats: Chats
    incidents: Incidents

    async def handle(self, incoming: Incoming) -> str:
        """Serve it; how it ended, for the figures ("database away": it must come again)."""
        answer = Answer(self.bot, incoming.what.query_id) if isinstance(incoming.what, GroupTap) else None
        try:
            toast = await self._serve(incoming)
            if answer is not None:
                answer.begin(toast)
        except Refusal as refusal:
            words = words_for(incoming.person.language)
            if answer is not None:
                answer.begin(_not_for_you(incoming) if isinstance(refusal, NotFound) else _alert(say(words, refusal)))
            return refusal.code
        except Exception as error:  # noqa: BLE001  nothing that happens in a group may stop the house
            if is_away(error):
                return "database away"
            await self.incidents.report(error, doing="serving a group", update_id=incoming.update_id)
            return "failed"
        finally:
            if answer is not None:
                await answer.finish()
        return "done"

    async def _serve(self, incoming: Incoming) -> Toast | None:
        match incoming.what:
            case GroupTap() as tap:
                return await self._tapped(incoming, tap)
            case GroupSaid() as said:
                await self._said(incoming, said)
            case Joined() as change:
                await self._joined(incoming, change)
            case Moved(_, old, new):
                await self.house.db.transact(lambda session: chats.move(session, old, new))
        return None

    async def _tapped(self, incoming: Incoming, tap: GroupTap) -> Toast | None:
        """A key acts for who pressed it, with what they may do themselves."""
        pressed = registry.unpack(tap.data)
        if pressed is None or not await self._is_connected(tap.group):
            return _not_for_you(incoming)
        visit = await self.dispatch.visit(incoming)
        if isinstance(pressed, SetNews | SetPrivate):
            if not await self._is_of_here(tap.group, pressed):
                return _not_for_you(incoming)
            return await self._set(visit, incoming, tap, pressed)
        opened = pressed.opens()
        if not isinstance(pressed, ACTS) or opened is None:
            return _not_for_you(incoming)
        order = await self.dispatch.in_group(visit, incoming, self.router.pages[type(opened)], opened)
        if not isinstance(order, Screen):
            return _not_for_you(incoming)
        if pressed not in [key.button for key in acting(visit.words, order)]:
            return _alert(visit.words.plain("This order has moved on meanwhile."))
        reply = await self.dispatch.in_group(visit, incoming, self.router.buttons[type(pressed)], pressed)
        return _not_for_you(incoming) if reply is None else Toast(visit.words.plain("Done."))

    async def _set(self, visit: Visit, incoming: Incoming, tap: GroupTap, pressed: Button) -> Toast | None:
        """What arrives here is changed, and the message says so."""
        reply = await self.dispatch.in_group(visit, incoming, self.router.buttons[type(pressed)], pressed)
        if not isinstance(reply, Screen):
            return _not_for_you(incoming)
        await self._try(tap.group, lambda: self.chats.edit(tap.group.chat_id, tap.message_id, reply))
        return None

    async def _said(self, incoming: Incoming, said: GroupSaid) -> None:
        name, _, argument = said.text[1:].partition(" ")
        name, _, whose = name.lower().partition("@")
        route = self.router.group_commands.get(name)
        if route is None or whose not in {"", self.house.bot_username.lower()}:
            return
        await self._answer(incoming, said.group, route, argument.strip())

    async def _joined(self, incoming: Incoming, change: Joined) -> None:
        if change.is_inside:
            visit = await self.dispatch.visit(incoming)
            reply = await self.dispatch.in_group(visit, incoming, self.router.joined[""], change)
            await self._show(visit, change.group, reply)
            return
        async with self.house.db.read() as session:
            known = await chats.find(session, change.group.chat_id)
        if known is not None:
            now = self.house.clock.now()
            await self.house.db.transact(lambda session: chats.lose(session, known.id, now=now))

    async def _answer(
        self, incoming: Incoming, group: Group, route: Route[Callable[..., Awaitable[Reply]]], argument: str
    ) -> None:
        visit = await self.dispatch.visit(incoming)
        reply = await self.dispatch.in_group(visit, incoming, route, argument)
        await self._show(visit, group, reply)

    async def _show(self, visit: Visit, group: Group, reply: Reply | None) -> None:
        """In the group and its topic; about a channel in private, where it is the seller's business alone."""
        if not isinstance(reply, Screen):
            return
        if group.type == "channel":
            await self._try(group, lambda: self.chats.send(visit.telegram_id, reply), private=True)
        else:
            await self._try(group, lambda: self.chats.send(group.chat_id, reply, topic=group.topic))

    async def _is_connected(self, group: Group) -> bool:
        async with self.house.db.read() as session:
            known = await chats.find(session, group.chat_id)
        return known is not None and known.broken_at is None

    async def _is_of_here(self, group: Group, pressed: SetNews | SetPrivate) -> bool:
        """What another group hears is not set, nor told of, in this one."""
        async with self.house.db.read() as session:
            known = await chats.find(session, group.chat_id)
        return known is not None and known.id == pressed.staff_chat_id

    async def _try(self, group: Group, show: Callable[[], Awaitable[object]], *, private: bool = False) -> None:
        try:
            await show()
        except (Forbidden, BadRequest) as error:
            if private or not is_lost(error):
                log.info("not_shown_in_group", error=str(error))
                return
            async with self.house.db.read() as session:
                known = await chats.find(session, group.chat_id)
            if known is not None:
                now = self.house.clock.now()
                await self.house.db.transact(lambda session: chats.lose(session, known.id, now=now))
        except TelegramError as error:
            log.warning("not_shown_in_group", error=str(error))


def _not_for_you(incoming: Incoming) -> Toast:
    words = words_for(incoming.person.language)
    return _alert(words.plain("This key is for those who look after these orders."))


def _alert(text: str) -> Toast:
    return Toast(text, alert=True)
