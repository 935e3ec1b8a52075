"""A bot's queue of updates: numbered, filtered by `allowed_updates`, kept as long as Telegram keeps them."""

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

from simulator.clock import Clock
from simulator.signals import Signal
from simulator.telegram.wire import JsonObject

# tdlib/telegram-bot-api, Client.cpp: messages live a day, queries 150 seconds.
LIFETIME = {"message": 86_400, "edited_message": 86_400}
QUERY_LIFETIME = 150
OFF_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_ID = 700_000_001
REMEMBERED = 20_000


@dataclass(slots=True)
class Update:
    """One update; `lane` names the queue within which a webhook keeps order."""

    id: int
    kind: str
    body: JsonObject
    lane: tuple[str, int]
    expires_at: float
    again: bool = False

    def to_json(self) -> JsonObject:
        """The Bot API's `Update`."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Updates not yet confirmed, in order."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.waiting: dict[int, Update] = {}
        self.history: deque[Update] = deque(maxlen=REMEMBERED)
        self.allowed: frozenset[str] = frozenset()
        self.arrived = Signal()
        self.drained = Signal()
        self.next_id = FIRST_ID
        self.deliver: Callable[[Update], None] | None = None

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind; with no list it gets all but the noisy ones."""
        return kind in self.allowed if self.allowed else kind not in OFF_BY_DEFAULT

    def allow(self, kinds: Collection[str]) -> None:
        """Remember the list of wanted kinds; an empty one stands for the default."""
        self.allowed = frozenset(kinds)

    def add(self, kind: str, body: JsonObject, lane: tuple[str, int]) -> Update | None:
        """Queue an update; None when the bot does not want its kind."""
        if not self.wants(kind):
            return None
        lifetime = LIFETIME.get(kind, QUERY_LIFETIME)
        update = Update(self.next_id, kind, body, lane, self.clock.now() + lifetime)
        self.next_id += 1
        self.waiting[update.id] = update
        self.history.append(update)
        self._announce(update)
        return update

    def repeat(self, update_id: int) -> Update:
        """Send an update again, as Telegram does after a lost confirmation; raises KeyError when forgotten."""
        for update in self.history:
            if update.id == update_id:
                copy = Update(update.id, update.kind, update.body, update.lane, update.expires_at, again=True)
                self.waiting[copy.id] = copy
                self._announce(copy)
                return copy
        raise KeyError(update_id)

    def _announce(self, update: Update) -> None:
        if self.deliver:
            self.deliver(update)
        self.arrived.notify()

    def confirm(self, update_id: int) -> None:
        """Forget one delivered update."""
        if self.waiting.pop(update_id, None) and not self.waiting:
            self.drained.notify()

    def confirm_below(self, offset: int) -> None:
        """Forget everything before `offset`, and what was repeated and already returned."""
        for update_id in [i for i, update in self.waiting.items() if i < offset and not update.again]:
            self.confirm(update_id)

    def expire(self) -> None:
        """Drop updates that Telegram would no longer keep."""
        now = self.clock.now()
        for update_id in [i for i, update in self.waiting.items() if update.expires_at <= now]:
            self.confirm(update_id)

    def clear(self) -> None:
        """Drop everything (`drop_pending_updates`)."""
        self.waiting.clear()
        self.drained.notify()

    def batch(self, limit: int) -> list[Update]:
        """The oldest `limit` updates; repeated ones are given out once."""
        self.expire()
        chosen = sorted(self.waiting.values(), key=lambda update: update.id)[:limit]
        for update in chosen:
            if update.again:
                update.again = False
        return chosen
