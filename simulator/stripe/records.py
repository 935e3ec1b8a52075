"""What the pretend Stripe remembers of each object, in plain typed records; `shapes/` writes them as Stripe's JSON."""

from dataclasses import dataclass, field
from typing import Literal

from simulator.stripe.cards import Method

Address = dict[str, str | None]


@dataclass(slots=True)
class Line:
    """One line of a session, in minor units."""

    id: str
    name: str
    description: str | None
    images: list[str]
    unit_amount: int
    quantity: int
    price: str
    product: str
    metadata: dict[str, str]

    @property
    def amount(self) -> int:
        """What the line costs, in minor units."""
        return self.unit_amount * self.quantity


@dataclass(slots=True)
class ShippingRate:
    """One delivery that a session offers."""

    id: str
    name: str
    amount: int
    estimate: dict[str, dict[str, int | str]] | None
    metadata: dict[str, str]


@dataclass(slots=True)
class Shipping:
    """Where to, as the buyer wrote it on the page."""

    name: str
    address: Address


@dataclass(slots=True)
class Session:
    """A Checkout Session; times are Unix seconds."""

    id: str
    created: int
    expires_at: int
    currency: str
    lines: list[Line]
    success_url: str
    url: str
    cancel_url: str | None = None
    client_reference_id: str | None = None
    customer_email: str | None = None
    locale: str | None = None
    submit_type: str | None = None
    method_kinds: tuple[str, ...] = ("card", "sepa_debit")
    countries: list[str] = field(default_factory=list)
    rates: list[ShippingRate] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    intent_metadata: dict[str, str] = field(default_factory=dict)
    intent_description: str | None = None
    phone: bool = False  # asked for on the page
    phone_number: str | None = None
    status: Literal["open", "complete", "expired"] = "open"
    payment_status: Literal["unpaid", "paid"] = "unpaid"
    payment_intent: str | None = None
    chosen_rate: ShippingRate | None = None
    email: str | None = None
    name: str | None = None
    shipping: Shipping | None = None

    @property
    def subtotal(self) -> int:
        """The lines together, in minor units."""
        return sum(line.amount for line in self.lines)

    @property
    def shipping_amount(self) -> int:
        """The chosen delivery (the first one until the buyer chooses), in minor units."""
        rate = self.chosen_rate or (self.rates[0] if self.rates else None)
        return 0 if rate is None else rate.amount

    @property
    def total(self) -> int:
        """What the buyer pays, in minor units."""
        return self.subtotal + self.shipping_amount


@dataclass(slots=True)
class Intent:
    """A PaymentIntent: one wish to be paid, through as many tries as it takes."""

    id: str
    created: int
    amount: int
    currency: str
    metadata: dict[str, str]
    description: str | None = None
    session: str | None = None
    shipping: Shipping | None = None
    email: str | None = None
    name: str | None = None
    status: Literal["requires_payment_method", "requires_action", "processing", "succeeded", "canceled"] = (
        "requires_payment_method"
    )
    method: Method | None = None
    method_id: str | None = None
    latest_charge: str | None = None
    last_error: dict[str, object] | None = None
    settles_at: int | None = None


@dataclass(slots=True)
class Charge:
    """One try to move money."""

    id: str
    created: int
    amount: int
    currency: str
    payment_intent: str | None
    method: Method
    metadata: dict[str, str]
    status: Literal["succeeded", "pending", "failed"] = "succeeded"
    description: str | None = None
    method_id: str | None = None
    email: str | None = None
    name: str | None = None
    shipping: Shipping | None = None
    failure: str | None = None
    decline_code: str | None = None
    disputed: bool = False
    balance_transaction: str | None = None
    receipt: str = ""


RefundStatus = Literal["pending", "succeeded", "failed", "canceled"]


@dataclass(slots=True)
class Refund:
    """Money on its way back."""

    id: str
    created: int
    amount: int
    currency: str
    charge: str
    payment_intent: str | None
    reason: str | None
    metadata: dict[str, str]
    status: RefundStatus = "succeeded"
    failure_reason: str | None = None
    becomes: RefundStatus | None = None
    settles_at: int | None = None
    balance_transaction: str | None = None
    failure_balance_transaction: str | None = None


DisputeStatus = Literal["needs_response", "under_review", "won", "lost"]


@dataclass(slots=True)
class Dispute:
    """A buyer's bank takes the money back, until someone decides."""

    id: str
    created: int
    amount: int
    currency: str
    charge: str
    payment_intent: str | None
    reason: str
    status: DisputeStatus = "needs_response"
    metadata: dict[str, str] = field(default_factory=dict)
    balance_transactions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class BalanceTransaction:
    """One change of the account's balance; `amount` is signed, `net` is what is left of it after Stripe's fee."""

    id: str
    created: int
    available_on: int
    amount: int
    fee: int
    currency: str
    type: Literal["charge", "payment", "refund", "refund_failure", "adjustment"]
    source: str
    description: str | None = None


@dataclass(slots=True)
class Event:
    """Something that happened, with the object as it was then."""

    id: str
    created: int
    type: str
    snapshot: dict[str, object]
    previous: dict[str, object] | None
    request: str | None
    idempotency_key: str | None
