"""The account: every object of the pretend PayPal, the clock, and how an event gets recorded."""

import secrets
from dataclasses import dataclass, field
from typing import TypeVar

from simulator.chaos import Chaos
from simulator.clock import Clock, SystemClock
from simulator.delivery import Deliveries
from simulator.paypal.errors import new_id, not_found
from simulator.paypal.records import Capture, Dispute, Event, Json, Order, Refund, RefundStatus
from simulator.paypal.signing import Notary

Found = TypeVar("Found")


@dataclass
class Account:
    """All state. Changes happen between two awaits, so that one event loop never sees half of one."""

    clock: Clock = field(default_factory=SystemClock)
    chaos: Chaos = field(default_factory=Chaos)
    notary: Notary = field(default_factory=Notary)
    orders: dict[str, Order] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    disputes: dict[str, Dispute] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    refund_outcomes: list[RefundStatus | str] = field(default_factory=list)
    settle_seconds: int = 20
    deliveries: Deliveries[Event] = field(init=False)

    def __post_init__(self) -> None:
        self.deliveries = Deliveries(self.clock, self.chaos, self.notary.pack)

    def now(self) -> int:
        """Return the account's time in Unix seconds."""
        return int(self.clock.now())

    def record(self, kind: str, resource_type: str, summary: str, resource: Json) -> Event:
        """Write an event down with the object as it is now, and queue it for the webhooks."""
        identifier = f"WH-{new_id()}-{new_id()}"
        event = Event(identifier, self.now(), kind, resource_type, summary, resource)
        self.events[event.id] = event
        self.deliveries.schedule(event)
        return event

    def order(self, identifier: str) -> Order:
        """Find an order or refuse with PayPal's 404."""
        return _find(self.orders, identifier)

    def capture(self, identifier: str) -> Capture:
        """Find a capture or refuse with PayPal's 404."""
        return _find(self.captures, identifier)

    def refund(self, identifier: str) -> Refund:
        """Find a refund or refuse with PayPal's 404."""
        return _find(self.refunds, identifier)

    def dispute(self, identifier: str) -> Dispute:
        """Find a dispute or refuse with PayPal's 404."""
        return _find(self.disputes, identifier)

    def refunds_of(self, capture: Capture) -> list[Refund]:
        """Return a capture's refunds, oldest first."""
        return [refund for refund in self.refunds.values() if refund.capture == capture.id]


def _find(store: dict[str, Found], identifier: str) -> Found:
    if identifier not in store:
        raise not_found()
    return store[identifier]


def new_webhook_id() -> str:
    """Return what PayPal calls a webhook; signatures are made over it."""
    return secrets.token_hex(8).upper() + "A"
