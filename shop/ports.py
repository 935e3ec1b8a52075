"""What the shop needs from the outside: payment providers and a courier, as protocols, and the values exchanged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from db.models import Notification, ProductKind


class OrderFacts(Struct, frozen=True):
    """What a provider must know to say whether it can take the money for an order; amounts in minor units."""

    kind: ProductKind
    currency: str
    total: int
    grows: bool = False  # what sending it costs is not in it yet
    credit: int = 0  # what store credit pays beside it


class InvoiceLine(Struct, frozen=True):
    """One line of an invoice; `amount` in minor units for the whole line."""

    label: str
    amount: int
    quantity: int = 1


class AttemptRequest(Struct, frozen=True):
    """Everything a provider needs to open a payment; stored with the attempt, so that it can be sent again unchanged.

    `total` = sum of the lines, in minor units. `needs_address`: the provider must collect a delivery address and let
    the customer choose one of `shipping` (id, title, minor units).
    """

    attempt_id: int
    order_id: int
    payload: str  # our name for the attempt, and its idempotency key: ≤ 64 bytes, unguessable
    title: str
    description: str
    currency: str
    total: int
    lines: tuple[InvoiceLine, ...]
    telegram_id: int
    needs_address: bool
    shipping: tuple[tuple[str, str, int], ...]
    countries: tuple[str, ...]
    max_tip: int
    tips: tuple[int, ...]
    photo_url: str | None
    return_url: str  # deep link back into the chat; it only triggers "check now"
    expires_at: datetime
    language: str
    needs_phone: bool = False  # asked for with the address
    monthly: bool = False  # charged again every month, until somebody cancels
    country: str = ""  # where the goods go, ISO 3166 alpha-2, where that is known already


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    """Pay inside Telegram: the bot sends this as an invoice. `provider_token` is empty for Stars.

    `provider_data` is JSON for the bank behind the token, a receipt: nothing may be added to the sum then.
    """

    reference: str
    provider_token: str = field(repr=False)
    request: AttemptRequest
    provider_data: str | None = None


class PaymentPage(Struct, frozen=True):
    """Pay on a hosted page behind a link."""

    reference: str
    url: str
    expires_at: datetime


class Instructions(Struct, frozen=True):
    """Pay by hand: cash or a transfer; `text` says how, and the seller confirms."""

    reference: str
    text: str


Opening = InvoiceSheet | PaymentPage | Instructions


class Delivery(StrEnum):
    """How a provider lets the customer say where physical goods go."""

    NOWHERE = "nowhere"  # it does not ask: the chat must, before
    SAME_EVERYWHERE = "same_everywhere"  # it asks, and offers every country the same options
    BY_ADDRESS = "by_address"  # it asks us which options serve the address


class EventKind(StrEnum):
    """What a provider can tell us about money."""

    APPROVED = "approved"  # the customer agreed, and no money moves before the shop asks for it: see Captures
    PAID = "paid"
    PENDING = "pending"  # the customer is done, the money comes later
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"


class ProviderEvent(Struct, frozen=True):
    """What a provider said, whichever way it came; amounts in OUR minor units of `currency` (db.money.exponent).

    `event_id` is unique per provider. The attempt is found by `reference` (the provider's name), `payload` (ours) or
    `charge_id`, whichever is known. `provider_charge_id` is the bank side's name of the charge where that is another.
    For refunds and disputes, `refund_reference` names it there, `refund_key` is our idempotency key when the provider
    repeats it, and `amount` is its amount. `address` and `shipping_option` are what the customer chose there.
    """

    provider: str
    event_id: str
    kind: EventKind
    reference: str | None = None
    payload: str | None = None
    amount: int = 0  # for PAID: everything that was taken, tip included
    currency: str = ""
    charge_id: str | None = None
    provider_charge_id: str | None = None
    refund_reference: str | None = None
    refund_key: str | None = None
    shipping_option: str | None = None
    address: Mapping[str, Any] | None = None
    payer_telegram_id: int | None = None
    until: datetime | None = None  # of a month of a subscription: when the next one is due
    note: str = ""


class RefundOrder(Struct, frozen=True):
    """What a provider must know to give money back; `amount` in our minor units, `full`: all of the charge."""

    charge_id: str
    provider_charge_id: str | None
    amount: int
    currency: str
    idempotency_key: str
    telegram_id: int | None
    full: bool
    tries: int = 1  # how often this was asked, this time included


class RefundResult(Struct, frozen=True):
    """How the provider took a refund; `pending` means a later event settles it."""

    reference: str
    pending: bool = False


class ProviderError(Exception):
    """A provider could not do it. `permanent`: asking again will not help; `unknown`: it may have happened."""

    def __init__(self, message: str, *, permanent: bool = False, unknown: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.unknown = unknown


class RefundNotSupported(ProviderError):  # noqa: N818  it reads as a claim
    """The provider has no refund call (or not a partial one): the operator must pay back by hand."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class RefundDisputed(ProviderError):  # noqa: N818  it reads as a claim
    """The customer's bank disputes the charge and decides where its money goes: nobody else can give it back now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class KeyRefused(ProviderError):  # noqa: N818  it reads as a claim
    """The provider does not know our key, or the key may not do this: nothing works there until somebody changes it."""


class Provider(Protocol):
    """Takes money. One file each in payments/; `name` is stored in the database and never changes."""

    name: str
    lifetime: timedelta  # how long an opened payment can be paid
    hold: timedelta  # how long stock is held once a payment was opened: never shorter than its lifetime
    partial_refunds: bool
    by_hand: bool  # a person confirms that the money came (cash, transfer)
    delivery: Delivery

    def accepts(self, order: OrderFacts) -> bool:
        """Whether this provider may take the money for such an order."""
        ...

    async def open(self, request: AttemptRequest) -> Opening:
        """Open a payment; safe to call again with the same request. Raises ProviderError."""
        ...

    async def look_up(self, reference: str) -> ProviderEvent | None:
        """What the provider says about this attempt now; None while nothing is decided or it cannot tell.

        Raises ProviderError.
        """
        ...

    async def close(self, reference: str) -> ProviderEvent | None:
        """Make an open payment impossible, before its stock is released; the event if it turns out decided.

        Raises ProviderError.
        """
        ...

    async def refund(self, order: RefundOrder) -> RefundResult:
        """Give money back; safe to ask again with the same key. Raises ProviderError, RefundNotSupported."""
        ...


@runtime_checkable
class WebhookProvider(Protocol):
    """A provider that also calls us; `has_webhook`: it has the secret by which a genuine call is known."""

    name: str
    has_webhook: bool

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        """Verify and read one delivery; None = genuine but not for us. Raises BadWebhook when it is not genuine.

        Raises ProviderError when that cannot be told now: the provider sends it again.
        """
        ...

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        """What is true now about what the event told: deliveries come late and out of order. Raises ProviderError."""
        ...


@runtime_checkable
class Captures(Protocol):
    """A provider that takes money only when the shop asks for it, after the customer agreed (EventKind.APPROVED)."""

    name: str

    async def capture(self, reference: str, key: str) -> ProviderEvent | None:
        """Take what was agreed to; safe to ask again with the same key. The event says what it came to.

        None when the customer must choose another way to pay on the same page. Raises ProviderError.
        """
        ...


@runtime_checkable
class PaidByHand(Protocol):
    """A provider whose money people hand over: `instructions` say how, in the shop's own words."""

    name: str
    instructions: str


@runtime_checkable
class ListsEvents(Protocol):
    """A provider whose recent events or transactions can be listed, for the reconciler."""

    name: str

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        """What the provider says happened since then, oldest first. Raises ProviderError."""
        ...


class BadWebhook(Exception):  # noqa: N818  it reads as a claim
    """The delivery is not genuine, too old, or not readable."""


class Undeliverable(Exception):  # noqa: N818  it reads as a claim
    """A notification could not be sent. `permanent`: never will be; `retry_after`: seconds to wait, if we were told."""

    def __init__(self, message: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class Courier(Protocol):
    """Brings a notification to a person's chat."""

    async def deliver(self, notification: Notification) -> int | None:
        """Send or edit what the notification says (its `user` is loaded); the message id. Raises Undeliverable."""
        ...
