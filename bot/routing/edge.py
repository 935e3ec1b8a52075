"""From an update to what the person sees: recognise, run the handler, and only then, after its commit, send."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from markupsafe import escape
from msgspec import Struct
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.intake.groups import InGroup
from bot.intake.reading import Incoming, Reachable, Refunded, Shown, Tap
from bot.routing.dispatch import Dispatch
from bot.routing.groups import Groups
from bot.routing.incidents import Incidents
from bot.routing.inline_queries import InlineQueries
from bot.routing.naming import screen_of
from bot.routing.outage import Outage
from bot.routing.payment_queries import PaymentQueries
from bot.routing.people import People
from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.said import InlineAsked, PaymentMade, PreCheckout, Said, ShippingAsked, SubscriptionChanged
from bot.routing.visit import Visit
from bot.screens.buying.home.buttons import OpenHome
from bot.sending.answer import Answer, toast_of
from bot.sending.api import ShopBot
from bot.sending.reply import Key, Reply, Screen, Silence, Toast
from bot.sending.sender import Sender
from bot.words import Words, words_for
from db.session import Database, is_away
from shop.notifications import outbox
from shop.payments import subscribing
from shop.refusals import Refusal

Observe = Callable[[str, str, float], None]  # what was done, how it ended, seconds

FAILED = "failed"
AWAY = "database away"

log = structlog.get_logger()


class Edge(Struct, frozen=True, kw_only=True):
    """Handles one update; lets no error out. `observe` hears of each one, for the figures."""

    db: Database
    bot: ShopBot
    router: Router
    dispatch: Dispatch
    groups: Groups
    inline: InlineQueries
    people: People
    sender: Sender
    incidents: Incidents
    queries: PaymentQueries
    outage: Outage
    observe: Observe | None = None

    async def handle(self, incoming: Incoming) -> bool:
        """Serve one update. False when it must be handled again: it carries money, or the database was away."""
        began = time.perf_counter()
        if isinstance(incoming.what, InGroup | InlineAsked):
            if isinstance(incoming.what, InGroup):
                outcome = await self.groups.handle(incoming)
            else:
                outcome = await self.inline.handle(incoming, incoming.what)
            if self.observe is not None:
                self.observe(screen_of(incoming, self.router), outcome, time.perf_counter() - began)
            return outcome != AWAY
        answer = Answer(self.bot, incoming.what.query_id) if isinstance(incoming.what, Tap) else None
        try:
            reply, outcome = await self._serve(incoming)
            if answer is not None:
                late = answer.begin(toast_of(reply))
                await self._deliver(incoming, reply)
                if late is not None:
                    await self._deliver(incoming, Screen(escape(late.text), fresh=True))
            else:
                await self._deliver(incoming, reply)
        except Exception as error:  # noqa: BLE001  nothing that one update does may stop the house
            await self.incidents.report(error, doing="showing an answer", update_id=incoming.update_id)
            outcome = FAILED
        finally:
            if answer is not None:
                await answer.finish()
        if self.observe is not None:
            self.observe(screen_of(incoming, self.router), outcome, time.perf_counter() - began)
        if incoming.is_urgent:
            return True  # it was answered, with no if need be: brought again it could only be answered too late
        return outcome != AWAY and (outcome != FAILED or not incoming.carries_money)

    async def _serve(self, incoming: Incoming) -> tuple[Reply, str]:
        words = words_for(incoming.person.language)
        try:
            visit = await self.dispatch.visit(incoming)
            words = visit.words
            reply = await self._reply(visit, incoming)
            return reply, reply.refused or "done" if isinstance(reply, Screen) else "done"
        except Refusal as refusal:
            log.info("refused", code=refusal.code, update_id=incoming.update_id)
            return _no(words, say(words, refusal), incoming), FAILED if incoming.carries_money else refusal.code
        except Exception as error:  # noqa: BLE001  whatever it was, the person hears an apology
            if is_away(error):
                return await self.outage.answer(error, incoming, words), AWAY
            number = await self.incidents.report(error, doing="serving an update", update_id=incoming.update_id)
            sorry = words.plain("Something went wrong on our side. We have been told. Code {code}.", code=number)
            return _no(words, sorry, incoming), FAILED

    async def _reply(self, visit: Visit, incoming: Incoming) -> Reply:
        match incoming.what:
            case Tap() as tap:
                return await self.dispatch.tapped(visit, incoming, tap)
            case Said() as said:
                return await self.dispatch.said(visit, incoming, said)
            case PreCheckout() as asked:
                await self.queries.pre_checkout(visit, asked)
            case ShippingAsked() as asked_shipping:
                await self.queries.shipping(visit, asked_shipping)
            case PaymentMade() as payment:
                return await self.dispatch.paid(visit, incoming, "made", payment)
            case Refunded(payment):
                return await self.dispatch.paid(visit, incoming, "refunded", payment)
            case Reachable(now):
                await self._mark_reachable(incoming, reachable=now)
            case SubscriptionChanged() as change:
                who, at = incoming.person.telegram_id, visit.now()
                told = partial(subscribing.hear, payload=change.payload, telegram_id=who, state=change.state, now=at)
                await self.db.transact(told)
        return Silence()

    async def _deliver(self, incoming: Incoming, reply: Reply) -> None:
        chat_id = incoming.person.telegram_id
        shown = incoming.what.shown if isinstance(incoming.what, Tap) else None
        try:
            if isinstance(reply, Screen) and shown is None and reply.instead_of is not None:
                shown = Shown(reply.instead_of, "photo")
            elif isinstance(reply, Screen) and reply.settles is not None:
                await self.sender.take_keys(chat_id, reply.settles)
            message_id = await self.sender.deliver(chat_id, reply, shown)
            if isinstance(reply, Screen) and reply.asks is not None and message_id is not None:
                await self._note_shown(incoming, reply.asks, message_id)
        except Forbidden:
            await self._mark_reachable(incoming, reachable=False)
        except (RetryAfter, NetworkError) as error:
            if isinstance(error, BadRequest):
                await self._apologise(error, incoming)
            else:
                log.warning("not_shown", error=str(error), update_id=incoming.update_id)

    async def _note_shown(self, incoming: Incoming, kind: str, message_id: int) -> None:
        """Without this note, keys of older messages are taken for keys of the question."""
        try:
            await self.dispatch.shown(incoming, kind, message_id)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("question_not_noted", error=type(error).__name__, update_id=incoming.update_id)

    async def _apologise(self, error: BadRequest, incoming: Incoming) -> None:
        """Telegram did not understand our screen: that is our mistake."""
        number = await self.incidents.report(error, doing="showing a screen", update_id=incoming.update_id)
        words = words_for(incoming.person.language)
        sorry = words.plain("Something went wrong on our side. We have been told. Code {code}.", code=number)
        with suppress(TelegramError):
            await self.sender.deliver(incoming.person.telegram_id, _no(words, sorry, None))

    async def _mark_reachable(self, incoming: Incoming, *, reachable: bool) -> None:
        visit = await self.dispatch.visit(incoming)
        self.people.forget(incoming.person.telegram_id)
        await self.db.transact(
            lambda session: outbox.mark_reachable(session, visit.user.id, reachable=reachable, now=visit.now())
        )


def _no(words: Words, text: str, incoming: Incoming | None) -> Reply:
    """A no, over the screen after a tap, with a way home after a message; silence where nobody asked to hear."""
    if incoming is not None and isinstance(incoming.what, Tap):
        return Toast(text, alert=True)
    if incoming is not None and not isinstance(incoming.what, Said):
        return Silence()
    return Screen(escape(text), ((Key(words.plain("🏠 Home"), OpenHome()),),))
