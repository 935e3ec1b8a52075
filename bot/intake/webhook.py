"""Updates that Telegram brings: told apart into handled, no room now, and failed, so that the web can answer."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Literal

import structlog

from bot.intake.reading import Incoming, is_money, puzzle, read
from bot.intake.repeats import Repeats
from bot.intake.turns import Full, Turns
from bot.intake.unhandled import Unhandled
from bot.routing.said import Said
from db.errors import is_away

HOME = "/start"  # what most people write, and it changes nothing: shown twice rather than noted by everybody
REMEMBERED = 10_000  # updates; Telegram repeats one when our answer was lost

log = structlog.get_logger()

Taken = Literal["done", "full", "failed"]


class Webhook:
    """Takes updates that were verified to come from Telegram.

    `repeats` is asked where there are other replicas; `unhandled` keeps money that could not be booked.
    """

    def __init__(self, turns: Turns, repeats: Repeats | None = None, unhandled: Unhandled | None = None) -> None:
        self._turns = turns
        self._repeats = repeats
        self._unhandled = unhandled
        self._done: OrderedDict[int, None] = OrderedDict()

    async def take(self, update: Mapping[str, Any]) -> Taken:
        """Handle one update to its end. "done" also when there is nothing in it for us or it was handled before."""
        number = update.get("update_id")
        if number in self._done:
            return "done"
        try:
            incoming = read(update)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            log.warning("update_unreadable", update_id=number, error=repr(error))
            return await self._puzzled(update)
        if incoming is None:
            return await self._puzzled(update)
        try:
            handled = await self._handle(incoming)
        except Full:
            return "full"
        except Exception as error:
            if not is_away(error):
                raise
            return "failed"
        if not handled:
            return await self._failed(update)
        self._done[incoming.update_id] = None
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        return "done"

    async def _puzzled(self, update: Mapping[str, Any]) -> Taken:
        """Nothing in it for us, or nothing to be read: money is set aside, all else forgotten."""
        if self._unhandled is None or not is_money(update) or (why := puzzle(update)) is None:
            return "done"
        try:
            await self._unhandled.puzzled(update, why)
        except Exception as error:
            if not is_away(error):
                raise
            return "failed"
        return "done"

    async def _failed(self, update: Mapping[str, Any]) -> Taken:
        """Telegram brings it again, unless that was tried often enough."""
        if self._unhandled is None or not is_money(update):
            return "failed"
        try:
            return "done" if await self._unhandled.failed(update) else "failed"
        except Exception as error:
            if not is_away(error):
                raise
            return "failed"

    async def _handle(self, incoming: Incoming) -> bool:
        if self._repeats is None or not isinstance(incoming.what, Said) or incoming.what.text == HOME:
            return await self._turns.take(incoming)
        if await self._repeats.was_handled(incoming.update_id):
            return True
        handled = await self._turns.take(incoming)
        if handled:
            await self._repeats.note(incoming.update_id)
        return handled
