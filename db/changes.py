"""What a transaction changes of the shelves, told to this process's watchers after the commit."""

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec import Struct, field
from sqlalchemy.ext.asyncio import AsyncSession


class Changes(Struct):
    """What a transaction changes, as far as browsing customers can see it."""

    free: Counter[int] = field(default_factory=Counter)  # by product: so many more (or fewer) units can be had
    products: set[int] = field(default_factory=set)  # changed otherwise
    everything: bool = False


Watcher = Callable[[Changes], None]
KEY = "changes"  # in Session.info


def changes_of(session: AsyncSession) -> Changes:
    """Where a use case notes what it changes."""
    changes: Changes = session.info.setdefault(KEY, Changes())
    return changes


def tell(session: AsyncSession, watchers: Iterable[Watcher]) -> None:
    """Tell the watchers what a committed transaction changed, if anything."""
    changes: Changes | None = session.info.get(KEY)
    if changes is not None:
        for watcher in watchers:
            watcher(changes)
