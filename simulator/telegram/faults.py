"""Trouble on demand: the next calls of a method fail, hang, or lose their answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.telegram.wire import JsonObject, as_integer, as_text

KINDS = ("429", "500", "hang", "close", "close_after_commit", "slow")


@dataclass(slots=True)
class Fault:
    """`times` calls of `method` ("*" for any) go wrong, after the first `after` went well."""

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0
    after: int = 0

    def to_json(self) -> JsonObject:
        """The fault as the control API shows it."""
        return {
            "method": self.method,
            "kind": self.kind,
            "times": self.times,
            "retry_after": self.retry_after,
            "seconds": self.seconds,
            "after": self.after,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, object]) -> "Fault":
        """A fault from the control API; raises ValueError for a kind that does not exist."""
        kind = as_text(row.get("kind"))
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        seconds = row.get("seconds", 1.0)
        times, retry_after, after = (as_integer(row.get(name)) for name in ("times", "retry_after", "after"))
        return cls(
            method=as_text(row.get("method"), "*"),
            kind=kind,
            times=1 if times is None else times,
            retry_after=1 if retry_after is None else retry_after,
            seconds=float(seconds) if isinstance(seconds, int | float) else 1.0,
            after=after or 0,
        )


class Faults:
    """The faults that are scheduled and not yet used up."""

    def __init__(self) -> None:
        self.scheduled: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Schedule a fault behind those that are there."""
        self.scheduled.append(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.scheduled.clear()

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any; uses it up by one."""
        for fault in self.scheduled:
            if fault.method != "*" and fault.method.lower() != method.lower():
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.scheduled.remove(fault)
            return fault
        return None
