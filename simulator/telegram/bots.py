"""A bot, known by its token: its name, its commands, its updates and what it still owes an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from simulator.telegram.inline import InlineResult
from simulator.telegram.invoices import Invoice
from simulator.telegram.queries import OpenQuery
from simulator.telegram.subscriptions import Subscription
from simulator.telegram.updates import UpdateQueue
from simulator.telegram.webhook import Webhook
from simulator.telegram.wire import JsonObject

MANY_QUERIES = 5000


@dataclass(slots=True)
class Poll:
    """A getUpdates call that waits; `ended` says why somebody else ended it."""

    ended: str = ""


@dataclass(slots=True)
class StarMovement:
    """Stars a person paid (`refunded` once they went back)."""

    charge_id: str
    person: int
    amount: int
    date: int
    payload: str
    refunded: bool = False
    refunded_at: int = 0
    period: int = 0  # seconds that it pays for, of a subscription


@dataclass
class Bot:
    """One bot; every token is its own."""

    id: int
    token: str
    username: str
    first_name: str
    updates: UpdateQueue
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    queries: dict[str, OpenQuery] = field(default_factory=dict)
    invoice_links: dict[str, Invoice] = field(default_factory=dict)
    stars: list[StarMovement] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)  # by person; 0: of everybody
    inline: bool = False  # whether its owner turned inline mode on
    inline_results: dict[str, list[InlineResult]] = field(default_factory=dict)  # by query
    webhook: Webhook | None = None
    poll: Poll | None = None
    calls_in_flight: int = 0

    def user(self) -> JsonObject:
        """The Bot API's `User`."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def remember(self, query: OpenQuery, now: float) -> None:
        """Keep an open query, and forget those that nobody can answer any more."""
        if len(self.queries) > MANY_QUERIES:
            for old in [key for key, other in self.queries.items() if other.answered or other.deadline < now]:
                del self.queries[old]
        self.queries[query.id] = query

    @contextmanager
    def polling(self) -> Iterator[Poll]:
        """While a getUpdates call waits."""
        mine = self.poll = Poll()
        try:
            yield mine
        finally:
            if self.poll is mine:
                self.poll = None

    def end_poll(self, words: str) -> None:
        """End the getUpdates call that waits, if there is one, with a conflict."""
        if self.poll:
            self.poll.ended, self.poll = words, None
            self.updates.arrived.notify()
