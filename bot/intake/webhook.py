"""Updates that Telegram brings: told apart into handled, no room now, and failed, so that the web can answer."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Literal

import structlog

from bot.intake.reading import is_money, read
from bot.intake.turns import Full, Turns

REMEMBERED = 10_000  # updates; Telegram repeats one when our answer was lost

log = structlog.get_logger()

Taken = Literal["done", "full", "failed"]


class Webhook:
    """Takes updates that were verified to come from Telegram."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
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
            return "failed" if is_money(update) else "done"
        if incoming is None:
            return "done"
        try:
            handled = await self._turns.take(incoming)
        except Full:
            return "full"
        if not handled:
            return "failed"
        self._done[incoming.update_id] = None
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        return "done"
