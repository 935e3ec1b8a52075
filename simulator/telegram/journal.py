"""Everything that happened, in order: the event log behind the page, the control API and waiting tests."""

from collections import deque
from dataclasses import dataclass

from simulator.signals import Signal
from simulator.telegram.wire import JsonObject

KEEP = 50_000


@dataclass(slots=True)
class Event:
    """One thing that happened; `data` depends on the kind."""

    seq: int
    at: float
    kind: str
    bot: int
    person: int
    data: JsonObject

    def to_json(self) -> JsonObject:
        """The event as the control API and the event stream send it."""
        return {
            "seq": self.seq,
            "at": self.at,
            "kind": self.kind,
            "bot": self.bot,
            "person": self.person,
            **self.data,
        }


class Journal:
    """The event log; the oldest events are forgotten after fifty thousand."""

    def __init__(self) -> None:
        self.events: deque[Event] = deque(maxlen=KEEP)
        self.last = 0
        self.changed = Signal()

    def write(self, kind: str, at: float, bot: int, person: int, data: JsonObject) -> Event:
        """Add an event and wake whoever waits for one."""
        self.last += 1
        event = Event(self.last, at, kind, bot, person, data)
        self.events.append(event)
        self.changed.notify()
        return event

    def since(self, seq: int) -> list[Event]:
        """Events after `seq`, oldest first."""
        if seq >= self.last:
            return []
        first = self.events[0].seq if self.events else 0
        return [self.events[i] for i in range(max(0, seq + 1 - first), len(self.events))]
