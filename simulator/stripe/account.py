"""The account: every object of the pretend Stripe, the clock, and how an event gets recorded."""

from dataclasses import dataclass, field
from typing import TypeVar

from simulator.chaos import Chaos
from simulator.clock import Clock, SystemClock
from simulator.delivery import Deliveries
from simulator.stripe.errors import no_such
from simulator.stripe.ids import new_id
from simulator.stripe.records import (
    BalanceTransaction,
    Charge,
    Dispute,
    Event,
    Intent,
    Refund,
    RefundStatus,
    Session,
)
from simulator.stripe.signing import pack

Found = TypeVar("Found")


@dataclass
class Account:
    """All state. Changes happen between two awaits, so that one event loop never sees half of one."""

    clock: Clock = field(default_factory=SystemClock)
    chaos: Chaos = field(default_factory=Chaos)
    sessions: dict[str, Session] = field(default_factory=dict)
    intents: dict[str, Intent] = field(default_factory=dict)
    charges: dict[str, Charge] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    disputes: dict[str, Dispute] = field(default_factory=dict)
    balance: dict[str, BalanceTransaction] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    refund_outcomes: list[RefundStatus] = field(default_factory=list)
    settle_seconds: int = 20
    request_id: str | None = None
    request_key: str | None = None
    deliveries: Deliveries[Event] = field(init=False)

    def __post_init__(self) -> None:
        self.deliveries = Deliveries(self.clock, self.chaos, pack)

    def now(self) -> int:
        """Return the account's time in Unix seconds."""
        return int(self.clock.now())

    def record(self, kind: str, snapshot: dict[str, object], previous: dict[str, object] | None = None) -> Event:
        """Write an event down with the object as it is now, and queue it for the webhooks."""
        event = Event(new_id("evt_1"), self.now(), kind, snapshot, previous, self.request_id, self.request_key)
        self.events[event.id] = event
        self.deliveries.schedule(event)
        return event

    def session(self, identifier: str) -> Session:
        """Find a Checkout Session or refuse with Stripe's 404."""
        return _find(self.sessions, identifier, "checkout.session")

    def intent(self, identifier: str, param: str = "intent") -> Intent:
        """Find a PaymentIntent or refuse with Stripe's 404."""
        return _find(self.intents, identifier, "payment_intent", param)

    def charge(self, identifier: str, param: str = "id") -> Charge:
        """Find a charge or refuse with Stripe's 404."""
        return _find(self.charges, identifier, "charge", param)

    def refund(self, identifier: str) -> Refund:
        """Find a refund or refuse with Stripe's 404."""
        return _find(self.refunds, identifier, "refund")

    def dispute(self, identifier: str) -> Dispute:
        """Find a dispute or refuse with Stripe's 404."""
        return _find(self.disputes, identifier, "dispute")

    def refunds_of(self, charge: Charge) -> list[Refund]:
        """Return a charge's refunds, oldest first."""
        return [refund for refund in self.refunds.values() if refund.charge == charge.id]

    def refunded(self, charge: Charge) -> int:
        """Return what has gone back or is on its way, in minor units."""
        return sum(refund.amount for refund in self.refunds_of(charge) if refund.status in ("pending", "succeeded"))


def _find(store: dict[str, Found], identifier: str, kind: str, param: str = "id") -> Found:
    if identifier not in store:
        raise no_such(kind, identifier, param)
    return store[identifier]
