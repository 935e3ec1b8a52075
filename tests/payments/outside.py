"""A pretend provider whose books are on disk: it goes on when the process that asked it was killed."""

import json
import pickle
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from db.models import PaymentAttempt
from shop.ports import (
    AttemptRequest,
    EventKind,
    ListsEvents,
    PaymentPage,
    Provider,
    ProviderEvent,
    RefundOrder,
    RefundResult,
    WebhookProvider,
)
from tests.payments.tills import PretendTill, paid

BOOKS = ("pages", "said", "closed", "refunds")


class OutsideTill(PretendTill):
    """Takes money on pages, tells by webhook, can be asked, gives back; what it was told once it never forgets."""

    has_webhook = True

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        if file.exists():
            vars(self).update(pickle.loads(file.read_bytes()))

    async def open(self, request: AttemptRequest) -> PaymentPage:
        page = await super().open(request)
        self._write()
        return page

    async def close(self, reference: str) -> ProviderEvent | None:
        if reference not in self.said:
            request = self.pages[reference.removeprefix("ref-")]
            self.said[reference] = _closed(request)
        self._write()
        return await super().close(reference)

    async def refund(self, order: RefundOrder) -> RefundResult:
        result = await super().refund(order)
        self._write()
        return result

    def pay(self, attempt: PaymentAttempt) -> bool:
        """A customer pays on the page of this attempt."""
        return self.take(attempt.idempotency_key)

    def take(self, payload: str) -> bool:
        """A customer pays; False when the page is closed."""
        if f"ref-{payload}" in self.said:
            return False
        self.said[f"ref-{payload}"] = paid(self.pages[payload])
        self._write()
        return True

    def news(self) -> list[tuple[bytes, dict[str, str]]]:
        """The names of pages that something happened to."""
        return [(json.dumps(reference).encode(), {}) for reference in self.said]

    def opened(self) -> int:
        """How many pages there ever were."""
        return len(self.pages)

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        """Deliveries are the names of pages."""
        return self.said.get(json.loads(body))

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        return self.said.get(event.reference or "")

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        return [event for event in self.said.values() if event.kind is EventKind.PAID]

    def charges(self) -> dict[str, int]:
        """What was taken, by charge."""
        taken = (event for event in self.said.values() if event.kind is EventKind.PAID)
        return {event.charge_id or "": event.amount for event in taken}

    def given_back(self, charge: str) -> int:
        """What went back of a charge."""
        return sum(order.amount for order in self.refunds.values() if order.charge_id == charge)

    def _write(self) -> None:
        self.file.write_bytes(pickle.dumps({name: getattr(self, name) for name in BOOKS}))


def _closed(request: AttemptRequest) -> ProviderEvent:
    return ProviderEvent(
        provider="pretend",
        event_id=f"closed-{request.payload}",
        kind=EventKind.EXPIRED,
        reference=f"ref-{request.payload}",
        payload=request.payload,
    )


_: type[Provider] = OutsideTill
_hears: type[WebhookProvider] = OutsideTill
_lists: type[ListsEvents] = OutsideTill
