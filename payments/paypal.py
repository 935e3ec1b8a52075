"""PayPal: the customer agrees on PayPal's page, and the shop takes the money only when it can keep its promise."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from msgspec.structs import replace

from db.models import ProductKind
from payments.paypal_http import TIMEOUT, Json, Pause, PayPalHttp, PayPalRefusal
from payments.paypal_params import money, order_body
from payments.paypal_reading import (
    order_of_capture,
    read_dispute,
    read_event,
    read_order,
    read_refund,
    refunds_of_order,
)
from payments.paypal_signature import Verifier, instant
from shop.payments.counting import PAYPAL, PAYPAL_CURRENCIES, ten_to
from shop.ports import (
    AttemptRequest,
    BadWebhook,
    Captures,
    Delivery,
    EventKind,
    ListsEvents,
    OrderFacts,
    PaymentPage,
    Provider,
    ProviderError,
    ProviderEvent,
    RefundDisputed,
    RefundNotSupported,
    RefundOrder,
    RefundResult,
    WebhookProvider,
)

LARGEST = 9_999_999  # major units
REFUNDS = frozenset({EventKind.REFUNDED, EventKind.REFUND_FAILED})
DISPUTES = frozenset({EventKind.DISPUTED, EventKind.DISPUTE_WON, EventKind.DISPUTE_LOST})
CHOOSE_AGAIN = frozenset({"INSTRUMENT_DECLINED", "PAYER_ACTION_REQUIRED", "ORDER_NOT_APPROVED"})
DISPUTED = frozenset({"TRANSACTION_DISPUTED", "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"})
LATER = frozenset({"PENDING_CAPTURE", "REFUND_FAILED_INSUFFICIENT_FUNDS"})  # the seller can fill the account up
BY_HAND = frozenset({"REFUND_TIME_LIMIT_EXCEEDED", "MAX_NUMBER_OF_REFUNDS_EXCEEDED"})


class PayPal:
    """Whatever PayPal says is asked again before it is believed, and nothing is taken before the shop says so."""

    name = "paypal"
    partial_refunds = True
    by_hand = False
    delivery = Delivery.NOWHERE

    def __init__(
        self,
        client_id: str,
        secret: str,
        *,
        webhook_id: str | None = None,
        api_url: str = "https://api-m.paypal.com",
        page: timedelta = timedelta(minutes=30),
        margin: timedelta = timedelta(minutes=5),
        timeout: float = TIMEOUT,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.lifetime = page
        self.hold = page + margin
        self.has_webhook = bool(webhook_id)
        self._http = PayPalHttp(client_id, secret, api_url=api_url, timeout=timeout, pause=pause)
        self._verifier = Verifier(webhook_id, api_url=api_url, fetch=self._http.fetch)

    async def hang_up(self) -> None:
        """Close the connections to PayPal."""
        await self._http.hang_up()

    def accepts(self, order: OrderFacts) -> bool:
        """Physical goods at a sum and in a currency that PayPal can take."""
        if order.kind is not ProductKind.PHYSICAL or order.currency not in PAYPAL_CURRENCIES:
            return False
        try:
            return 0 < PAYPAL.write(order.total, order.currency) <= LARGEST * ten_to(PAYPAL.exponent(order.currency))
        except ValueError:
            return False

    async def open(self, request: AttemptRequest) -> PaymentPage:
        """Open the order of this request, or find the one that was opened before. Raises ProviderError."""
        try:
            body = order_body(request)
        except ValueError as error:
            raise ProviderError(str(error), permanent=True) from error
        order = await self._http.ask("POST", "/v2/checkout/orders", body, key=request.payload)
        if not _page(order):  # the same request heard again may answer with an order that somebody agreed to
            order = await self._http.ask("GET", f"/v2/checkout/orders/{order['id']}")
        return PaymentPage(reference=str(order["id"]), url=_page(order), expires_at=request.expires_at)

    async def look_up(self, reference: str) -> ProviderEvent | None:
        """How the order stands now; one that PayPal forgot is over. Raises ProviderError."""
        try:
            return read_order(await self._http.ask("GET", f"/v2/checkout/orders/{reference}"))
        except PayPalRefusal as refusal:
            if refusal.status != HTTPStatus.NOT_FOUND:
                raise
            return _over(reference)

    async def close(self, reference: str) -> ProviderEvent | None:
        """PayPal cannot be told: the attempt ends here, and what was agreed to is never taken. Raises ProviderError."""
        now = await self.look_up(reference)
        if now is None or now.kind is EventKind.APPROVED:
            return _over(reference)
        return now

    async def capture(self, reference: str, key: str) -> ProviderEvent | None:
        """Take what was agreed to, once; None when the customer must choose another card or account first.

        Raises ProviderError.
        """
        try:
            order = await self._http.ask("POST", f"/v2/checkout/orders/{reference}/capture", {}, key=key)
        except PayPalRefusal as refusal:
            if refusal.issue in CHOOSE_AGAIN:
                return None
            if refusal.issue == "ORDER_COMPLETION_IN_PROGRESS":
                raise ProviderError(str(refusal), unknown=True) from refusal
            if refusal.issue == "ORDER_ALREADY_CAPTURED":
                return await self.look_up(reference)
            if refusal.status == HTTPStatus.NOT_FOUND:
                return _over(reference)
            failed = f"state:{reference}:failed:{refusal.issue}"
            return ProviderEvent("paypal", failed, EventKind.FAILED, reference, note=str(refusal))
        return read_order(order)

    async def refund(self, order: RefundOrder) -> RefundResult:
        """Give money back, unless this very refund was made before. Raises ProviderError."""
        if order.tries > 1 and (made := await self._made_before(order)) is not None:
            return _refund_result(made)
        try:
            body = {"amount": money(order.amount, order.currency), "custom_id": order.idempotency_key}
        except ValueError as error:
            raise ProviderError(str(error), permanent=True) from error
        path = f"/v2/payments/captures/{order.charge_id}/refund"
        try:
            return _refund_result(await self._http.ask("POST", path, body, key=order.idempotency_key))
        except PayPalRefusal as refusal:
            raise _why_not(refusal) from refusal

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        """Verify and read one delivery. Raises BadWebhook, and ProviderError when the certificate cannot be fetched."""
        await self._verifier.verify(body, headers)
        try:
            return read_event(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise BadWebhook(f"not a delivery of PayPal: {type(error).__name__}") from error

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        """What is true now about what the event told. Raises ProviderError."""
        name = event.refund_reference
        if event.kind in REFUNDS and name is not None:
            return read_refund(await self._http.ask("GET", f"/v2/payments/refunds/{name}"), event.event_id)
        if event.kind in DISPUTES and name is not None:
            return read_dispute(await self._http.ask("GET", f"/v1/customer/disputes/{name}"), event.event_id)
        if event.reference is None:
            return None
        now = await self.look_up(event.reference)
        return None if now is None else replace(now, event_id=event.event_id)

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        """Events of the types that we hear, oldest first; PayPal keeps them for 30 days. Raises ProviderError."""
        path = f"/v1/notifications/webhooks-events?page_size=100&start_time={instant(since.astimezone(UTC))}"
        found: list[ProviderEvent] = []
        while path:
            page = await self._http.ask("GET", path)
            found.extend(event for row in page.get("events") or () if (event := read_event(row)) is not None)
            path = _next(page)
        return found[::-1]

    async def _made_before(self, order: RefundOrder) -> Json | None:
        """The refund that a lost answer was about: the request id alone is forgotten after 45 days."""
        capture = await self._http.ask("GET", f"/v2/payments/captures/{order.charge_id}")
        reference = order_of_capture(capture)
        if reference is None:
            return None
        there = await self._http.ask("GET", f"/v2/checkout/orders/{reference}")
        named = (dict(one) for one in refunds_of_order(there) if one.get("custom_id") == order.idempotency_key)
        return next(named, None)


def _page(order: Json) -> str:
    links = (link for link in order.get("links") or () if link.get("rel") in {"payer-action", "approve"})
    return next((str(link["href"]) for link in links), "")


def _next(page: Json) -> str:
    """The next page of a list, on the server that we were given."""
    links = (link for link in page.get("links") or () if link.get("rel") == "next")
    query = next((str(link["href"]).partition("?")[2] for link in links), "")
    return f"/v1/notifications/webhooks-events?{query}" if query else ""


def _over(reference: str) -> ProviderEvent:
    return ProviderEvent("paypal", f"state:{reference}:expired", EventKind.EXPIRED, reference)


def _refund_result(refund: Json) -> RefundResult:
    if refund["status"] in {"FAILED", "CANCELLED"}:
        raise ProviderError(f"PayPal: the refund {refund['id']} {str(refund['status']).lower()}", permanent=True)
    return RefundResult(reference=str(refund["id"]), pending=refund["status"] != "COMPLETED")


def _why_not(refusal: PayPalRefusal) -> ProviderError:
    """What a refused refund means for asking again."""
    if refusal.issue in DISPUTED:
        return RefundDisputed(str(refusal))
    if refusal.issue in BY_HAND:
        return RefundNotSupported(str(refusal))
    if refusal.issue in LATER:
        return ProviderError(str(refusal))
    return refusal


_: type[Provider] = PayPal
_takes: type[Captures] = PayPal
_hears: type[WebhookProvider] = PayPal
_lists: type[ListsEvents] = PayPal
