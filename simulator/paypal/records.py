"""What the pretend PayPal remembers of each object; `shapes` writes them as PayPal's JSON."""

from dataclasses import dataclass, field
from typing import Literal

from simulator.paypal.money import Money

OrderStatus = Literal["CREATED", "PAYER_ACTION_REQUIRED", "APPROVED", "COMPLETED"]
CaptureStatus = Literal["COMPLETED", "PENDING", "DECLINED", "PARTIALLY_REFUNDED", "REFUNDED"]
RefundStatus = Literal["COMPLETED", "PENDING", "FAILED", "CANCELLED"]
Json = dict[str, object]


@dataclass(slots=True)
class Order:
    """An order of Checkout; times are Unix seconds. `unit` is its purchase unit as it was asked for."""

    id: str
    created: int
    updated: int
    amount: Money
    unit: Json
    return_url: str
    cancel_url: str
    page: str
    wallet: bool  # asked for with a payment source
    status: OrderStatus
    custom_id: str | None = None
    invoice_id: str | None = None
    approved: int | None = None
    way: str | None = None  # what the payer chose on the page
    email: str = "ann@example.com"
    capture: str | None = None


@dataclass(slots=True)
class Capture:
    """Money that was taken, or is on its way."""

    id: str
    created: int
    updated: int
    order: str
    amount: Money
    status: CaptureStatus
    reason: str | None = None
    settles_at: int | None = None
    becomes: CaptureStatus | None = None
    disputed: bool = False


@dataclass(slots=True)
class Refund:
    """Money that went back, or is on its way."""

    id: str
    created: int
    updated: int
    capture: str
    amount: Money
    status: RefundStatus
    custom_id: str | None = None
    invoice_id: str | None = None
    note: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Dispute:
    """A customer's case."""

    id: str
    created: int
    updated: int
    capture: str
    amount: Money
    reason: str
    status: str = "WAITING_FOR_SELLER_RESPONSE"
    outcome: str | None = None


@dataclass(slots=True)
class Event:
    """A webhook event, with its resource as it was then."""

    id: str
    created: int
    type: str
    resource_type: str
    summary: str
    resource: Json = field(repr=False)
