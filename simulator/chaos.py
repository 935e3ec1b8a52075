"""Switches that make a pretend provider misbehave as the real one can."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, get_args

RequestFault = Literal[
    "fail_before", "fail_after_commit", "hang_before_commit", "hang_after_commit", "conflict", "rate_limit"
]
EventFault = Literal["duplicate", "reorder", "delay", "drop"]
REQUEST_FAULTS: tuple[str, ...] = get_args(RequestFault)
EVENT_FAULTS: tuple[str, ...] = get_args(EventFault)


@dataclass(slots=True)
class Fault:
    """One switch: what goes wrong, how many more times, and for which requests or event types (all when empty)."""

    fault: str
    times: int = 1
    path: str = ""
    method: str = ""
    type: str = ""
    seconds: float = 30.0


@dataclass
class Chaos:
    """The faults that are switched on; each is used up by what it matches."""

    faults: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, fault: Fault) -> None:
        """Switch a fault on; raises ValueError when there is no such fault."""
        if fault.fault not in REQUEST_FAULTS + EVENT_FAULTS:
            raise ValueError(f"no such fault: {fault.fault}; there are {', '.join(REQUEST_FAULTS + EVENT_FAULTS)}")
        if fault.fault.startswith("hang"):
            self.released.clear()
        self.faults.append(fault)

    def clear(self) -> None:
        """Switch everything off and let go of the answers that hang."""
        self.faults.clear()
        self.released.set()

    def for_request(self, method: str, path: str) -> Fault | None:
        """Use up and return the first fault for this request, such as `POST /v1/refunds`."""
        return self._take(
            lambda fault: fault.fault in REQUEST_FAULTS and path.startswith(fault.path) and fault.method in ("", method)
        )

    def for_event(self, event_type: str) -> Fault | None:
        """Use up and return the first fault for an event of this type."""
        return self._take(lambda fault: fault.fault in EVENT_FAULTS and fault.type in ("", event_type))

    def _take(self, matches: Callable[[Fault], bool]) -> Fault | None:
        for fault in self.faults:
            if matches(fault):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None
