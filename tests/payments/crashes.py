"""A database that dies at a chosen moment: before a transaction is committed, or just after it was."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database


class Crash(BaseException):
    """The process is gone; nothing may catch it on the way."""


class FragileDatabase(Database):
    """Counts the moments at which a process can die around its commits; dies at the one that `doomed` names.

    Moment 2n is before the n-th commit, 2n + 1 after it: the steps are counted as they happen, so a new one is covered
    by itself.
    """

    doomed: int | None = None
    moment: int = 0

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that may be the last."""
        async with super().begin() as session:
            yield session
            self._pass()
        self._pass()

    def _pass(self) -> None:
        now, self.moment = self.moment, self.moment + 1
        if now == self.doomed:
            raise Crash

    def live(self, *, until: int | None = None) -> None:
        """Start to count anew."""
        self.moment, self.doomed = 0, until
