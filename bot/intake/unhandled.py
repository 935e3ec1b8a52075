"""Money that Telegram brings by webhook and that cannot be handled: kept and named, so that it ends one day."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.intake import inbox
from db.session import Database
from shop.clock import Clock
from shop.policy import Policy


class Unhandled:
    """Telegram repeats what we refuse for a day and then forgets it; what is kept here is not forgotten."""

    def __init__(self, db: Database, clock: Clock, policy: Policy) -> None:
        self._db = db
        self._clock = clock
        self._policy = policy

    async def failed(self, update: Mapping[str, Any]) -> bool:
        """Handling it failed; whether it was set aside after many tries, so that it need not come again."""
        number = update["update_id"]

        async def work(session: AsyncSession) -> bool:
            await inbox.keep(session, [update], now=self._clock.now())
            return await inbox.is_aside(session, number)

        return await self._db.transact(work)

    async def puzzled(self, update: Mapping[str, Any], why: str) -> None:
        """Nobody can make sense of it, now or later."""

        async def work(session: AsyncSession) -> None:
            now = self._clock.now()
            await inbox.keep(session, [update], now=now)
            await inbox.set_aside(session, update["update_id"], why, policy=self._policy, now=now)

        await self._db.transact(work)
