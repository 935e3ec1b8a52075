"""What a transaction changes of the shelves, told to this process's watchers after the commit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

Watcher = Callable[[Iterable[int] | None], None]  # ids of products that changed; None: any may have
KEY = "changes"  # in Session.info


@dataclass
class Changes:
    """Which products a transaction changes, as far as browsing customers can see it."""

    products: set[int] = field(default_factory=set)
    everything: bool = False


def changes_of(session: AsyncSession) -> Changes:
    """Where a use case notes what it changes."""
    changes: Changes = session.info.setdefault(KEY, Changes())
    return changes


def tell(session: AsyncSession, watchers: Iterable[Watcher]) -> None:
    """Tell the watchers what a committed transaction changed, if anything."""
    changes: Changes | None = session.info.get(KEY)
    if changes is not None:
        for watcher in watchers:
            watcher(None if changes.everything else changes.products)
