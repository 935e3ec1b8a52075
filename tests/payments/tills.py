"""A small pretend provider, honest and forgetful on demand, for tests of the shop's side of money."""

from dataclasses import dataclass, field
from datetime import timedelta

from msgspec.structs import replace

from shop.ports import (
    AttemptRequest,
    Delivery,
    EventKind,
    OrderFacts,
    PaymentPage,
    Provider,
    ProviderError,
    ProviderEvent,
    RefundOrder,
    RefundResult,
)


@dataclass
class PretendTill:
    """Takes any money; `trouble` is raised, one error a call, before (or, when `late`, after) it did its work."""

    name: str = "pretend"
    lifetime: timedelta = timedelta(minutes=31)
    hold: timedelta = timedelta(minutes=36)
    partial_refunds: bool = True
    by_hand: bool = False
    delivery: Delivery = Delivery.BY_ADDRESS
    trouble: list[ProviderError] = field(default_factory=list)
    late: bool = False
    pages: dict[str, AttemptRequest] = field(default_factory=dict)
    asked: list[AttemptRequest] = field(default_factory=list)
    said: dict[str, ProviderEvent] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    refunds: dict[str, RefundOrder] = field(default_factory=dict)
    refund_pending: bool = False

    def accepts(self, order: OrderFacts) -> bool:
        return True

    async def open(self, request: AttemptRequest) -> PaymentPage:
        self.asked.append(request)
        self._stumble()
        self.pages[request.payload] = request
        self._stumble(after=True)
        return PaymentPage(f"ref-{request.payload}", f"https://pay.example/{request.payload}", request.expires_at)

    async def look_up(self, reference: str) -> ProviderEvent | None:
        self._stumble()
        return self.said.get(reference)

    async def close(self, reference: str) -> ProviderEvent | None:
        self._stumble()
        self.closed.append(reference)
        return self.said.get(reference)

    async def refund(self, order: RefundOrder) -> RefundResult:
        self._stumble()
        self.refunds.setdefault(order.idempotency_key, order)
        self._stumble(after=True)
        return RefundResult(f"re-{order.idempotency_key}", pending=self.refund_pending)

    def _stumble(self, *, after: bool = False) -> None:
        if self.trouble and after == self.late:
            raise self.trouble.pop(0)


def paid(request: AttemptRequest, *, amount: int | None = None, charge: str = "ch-1", **more: object) -> ProviderEvent:
    """What a provider says when this request was paid, in full unless `amount` says otherwise."""
    event = ProviderEvent(
        provider="pretend",
        event_id=f"evt-{request.payload}-{charge}",
        kind=EventKind.PAID,
        reference=f"ref-{request.payload}",
        payload=request.payload,
        amount=request.total if amount is None else amount,
        currency=request.currency,
        charge_id=charge,
    )
    return replace(event, **more)


_: type[Provider] = PretendTill
