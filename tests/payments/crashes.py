"""The moments at which a process can die over money: around each commit, and around each talk with a provider.

They are counted as they happen, so a step that is added to a flow is covered by itself.
"""

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from tests.world import inline

P = TypeVar("P")


class Crash(BaseException):
    """The process is gone; nothing may catch it on the way."""


def crash() -> None:
    """Die as far as one process can without ending the test."""
    raise Crash


@dataclass
class Moments:
    """Counts the moments that pass; `end` is called at the one that `doomed` numbers."""

    end: Callable[[], object] = crash
    doomed: int | None = None
    passed: list[str] = field(default_factory=list)

    def passes(self, what: str) -> None:
        """One more moment, which may be the last."""
        self.passed.append(what)
        if len(self.passed) - 1 == self.doomed:
            self.end()

    def begin(self, *, until: int | None = None) -> None:
        """Start to count anew."""
        self.passed, self.doomed = [], until


class FragileDatabase(Database):
    """A database whose process can die before and after each commit."""

    sqlite_connect = staticmethod(inline.connect)

    def __init__(self, url: str, moments: Moments | None = None) -> None:
        super().__init__(url)
        self.moments = moments or Moments()

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that may be the last."""
        async with super().begin() as session:
            yield session
            await session.flush()
            self.moments.passes("before a commit")
        self.moments.passes("after a commit")

    def live(self, *, until: int | None = None) -> None:
        """Start to count anew."""
        self.moments.begin(until=until)


def watched(provider: P, moments: Moments, *, only: str = "") -> P:
    """The same provider, whose process can die before and after each of its calls (or of one that is named)."""
    for name, method in inspect.getmembers(provider, inspect.iscoroutinefunction):
        if name == only or not (only or name.startswith("_")):
            setattr(provider, name, _around(method, moments, name))
    return provider


def _around(method: Callable[..., Awaitable[Any]], moments: Moments, name: str) -> Callable[..., Awaitable[Any]]:
    @wraps(method)
    async def call(*arguments: Any, **named: Any) -> Any:
        moments.passes(f"before {name}")
        answer = await method(*arguments, **named)
        moments.passes(f"after {name}")
        return answer

    return call
