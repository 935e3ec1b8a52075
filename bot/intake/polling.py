"""Updates that we fetch: what carries money is stored before Telegram is told that we have it."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.intake import inbox
from bot.intake.reading import ALLOWED_UPDATES, Incoming, is_money, puzzle, read
from bot.intake.turns import Full, Handle, Turns
from bot.sending.api import ShopBot, pause
from db.session import Database
from shop.clock import Clock
from shop.policy import Policy

WAIT = 30  # seconds of one long poll
REPLAY = 60.0  # seconds between two looks into the table for money that could not be booked
AGAIN = 2.0  # seconds until money that could not be booked is tried again; then twice as long, up to REPLAY
FAILED = "handling it failed; the log says why"
LONGEST_REST = 30.0  # seconds between tries while Telegram cannot be reached

log = structlog.get_logger()


class Polling:
    """Asks Telegram for updates until it is stopped.

    An update is confirmed by asking for the next. Telegram forgets it then, so money is in our table before. Whatever
    else was taken and not handled when the process died is lost, and harmless: a tap.
    """

    def __init__(
        self,
        bot: ShopBot,
        db: Database,
        clock: Clock,
        turns: Turns,
        *,
        policy: Policy,
        wait: int = WAIT,
        again: float = AGAIN,
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._turns = turns
        self._policy = policy
        self._wait = wait
        self._offset: int | None = None
        self._again = again
        self._in_hand: set[int] = set()  # updates with money that are being handled
        self._later: dict[int, asyncio.TimerHandle] = {}  # by update: when it is tried again
        self._replay_at = 0.0

    async def run(self) -> None:
        """Fetch and hand on updates until cancelled. Raises InvalidToken: without a token nothing ever comes."""
        try:
            await self._fetch_on()
        finally:
            for timer in self._later.values():
                timer.cancel()

    async def _fetch_on(self) -> None:
        rest = 1.0
        while True:
            try:
                await self._turns.has_room()
                await self._replay_now_and_then()
                await self._fetch(self._wait)
                rest = 1.0
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(pause(error))
            except Exception as error:  # noqa: BLE001  the network or the database is away: they come back
                if isinstance(error, Conflict):
                    log.warning("another_poller", advice="only one process may poll with this token; use a webhook")
                else:
                    known = isinstance(error, TelegramError)
                    log.warning("fetch_failed", error=str(error) if known else type(error).__name__, rest=rest)
                await asyncio.sleep(rest)
                rest = min(rest * 2, LONGEST_REST)

    async def confirm(self) -> None:
        """Tell Telegram what was taken, so that it does not come again after a restart."""
        if self._offset is None:
            return
        try:
            await self._bot.fetch_updates(offset=self._offset, wait=0, allowed=ALLOWED_UPDATES, limit=1)
        except TelegramError as error:
            log.info("offset_not_confirmed", error=str(error))  # they come again; handling twice is harmless

    async def replay(self) -> None:
        """Handle what carries money, was not handled to the end before and is due."""
        async with self._db.read() as session:
            due = await inbox.waiting(session, now=self._clock.now())
        await self._set_aside(due)
        for raw in due:
            if raw["update_id"] not in self._in_hand:
                self._hand_on(raw)

    async def _replay_now_and_then(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._replay_at:
            await self.replay()
            self._replay_at = now + REPLAY

    async def _fetch(self, wait: int) -> None:
        updates = await self._bot.fetch_updates(offset=self._offset, wait=wait, allowed=ALLOWED_UPDATES)
        money = [raw for raw in updates if is_money(raw)]
        if money:
            await self._db.transact(lambda session: inbox.keep(session, money, now=self._clock.now()))
            await self._set_aside(money)
        for raw in updates:
            self._hand_on(raw)
            self._offset = int(raw["update_id"]) + 1
            await asyncio.sleep(0)

    async def _set_aside(self, kept: Sequence[Mapping[str, Any]]) -> None:
        """Name what nobody can make sense of, before it is looked at for ever."""
        for raw in kept:
            if (why := puzzle(raw)) is not None:
                await self._db.transact(
                    partial(
                        inbox.set_aside, update_id=raw["update_id"], why=why, policy=self._policy, now=self._clock.now()
                    )
                )

    def _hand_on(self, raw: Mapping[str, Any], again: float | None = None) -> None:
        try:
            incoming = read(raw)
            if incoming is None:
                return
            handled = self._turns.take(incoming)
            if incoming.carries_money:
                self._in_hand.add(incoming.update_id)
                if (timer := self._later.pop(incoming.update_id, None)) is not None:
                    timer.cancel()  # the look into the table was quicker
                handled.add_done_callback(partial(self._ended, raw, self._again if again is None else again))
        except Full:
            log.warning("update_dropped", update_id=raw.get("update_id"), reason="too many of one person")
        except Exception as error:  # noqa: BLE001  one unreadable update must not stop the others
            log.warning("update_unreadable", update_id=raw.get("update_id"), error=repr(error))

    def _ended(self, raw: Mapping[str, Any], again: float, handled: asyncio.Future[bool]) -> None:
        """Try money that could not be booked again soon; the table and the next look into it are for a restart."""
        number = raw["update_id"]
        self._in_hand.discard(number)
        if not handled.cancelled() and not handled.result() and again <= REPLAY:
            self._later[number] = asyncio.get_running_loop().call_later(again, self._hand_on, raw, again * 2)


def noting(handle: Handle, db: Database, clock: Clock, policy: Policy) -> Handle:
    """The same handling, noting in the table how an update that carries money ended."""

    async def handle_and_note(incoming: Incoming) -> bool:
        handled = await handle(incoming)
        if incoming.carries_money:
            number, now = incoming.update_id, clock.now()
            if handled:
                await db.transact(partial(inbox.finish, update_id=number, now=now))
            else:
                await db.transact(partial(inbox.fail, update_id=number, why=FAILED, policy=policy, now=now))
        return handled

    return handle_and_note
