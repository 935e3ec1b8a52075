"""Stripe Checkout: a hosted page behind a button, one session a try, with Stripe's own SDK."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar, cast

import stripe
from msgspec.structs import replace

from db.models import ProductKind
from payments.stripe_params import session_params
from payments.stripe_reading import (
    HEARD,
    read_dispute,
    read_event,
    read_refund,
    read_session,
)
from payments.sums import stripe_refuses
from shop.payments.bounds import Bounds
from shop.payments.counting import STRIPE
from shop.ports import (
    AttemptRequest,
    BadWebhook,
    Delivery,
    EventKind,
    KeyRefused,
    ListsEvents,
    OrderFacts,
    PaymentPage,
    Provider,
    ProviderError,
    ProviderEvent,
    RefundDisputed,
    RefundOrder,
    RefundResult,
    WebhookProvider,
)

T = TypeVar("T")

TIMEOUT = 10.0  # seconds; the SDK would wait 80
RETRIES = 2  # on 409, 5xx and lost connections, with the same key; a StripeClient left alone retries nothing
BUSY_WAITS = (0.5, 1.0, 2.0)  # seconds before asking again after a 429, which the SDK never retries
SESSION_PARTS = ["payment_intent", "shipping_cost.shipping_rate"]
SAME_KEY_TRIES = 3
REFUNDS = frozenset({EventKind.REFUNDED, EventKind.REFUND_FAILED})
DISPUTES = frozenset({EventKind.DISPUTED, EventKind.DISPUTE_WON, EventKind.DISPUTE_LOST})

Pause = Callable[[float], Awaitable[None]]


class Stripe:
    """A payment page opens in the browser; whatever Stripe says about it is asked again before it is believed."""

    name = "stripe"
    partial_refunds = True
    by_hand = False
    delivery = Delivery.SAME_EVERYWHERE

    def __init__(
        self,
        key: str,
        *,
        webhook_secret: str | None = None,
        api_url: str = "https://api.stripe.com",
        page: timedelta = timedelta(minutes=31),
        margin: timedelta = timedelta(minutes=5),
        timeout: float = TIMEOUT,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.lifetime = page
        self.hold = page + margin
        self.has_webhook = bool(webhook_secret)
        self._secret = webhook_secret
        self._pause = pause
        self._http = stripe.HTTPXClient(timeout=timeout)
        self._client = stripe.StripeClient(
            key,
            base_addresses={"api": api_url},
            http_client=self._http,
            max_network_retries=RETRIES,
        )

    async def hang_up(self) -> None:
        """Close the connections to Stripe."""
        await self._http.close_async()  # type: ignore[no-untyped-call]  # the package has no annotation here

    def accepts(self, order: OrderFacts) -> bool:
        """Physical goods at a sum that Stripe can charge."""
        if order.kind is not ProductKind.PHYSICAL or self.refuses(order) is not None:
            return False
        try:
            return STRIPE.write(order.total, order.currency) > 0
        except ValueError:
            return False

    def refuses(self, order: OrderFacts) -> Bounds | None:
        """What Stripe takes, where this is outside."""
        return stripe_refuses(order)

    async def open(self, request: AttemptRequest) -> PaymentPage:
        """Open the page of this request, or find the one that was opened before. Raises ProviderError."""
        try:
            params = session_params(request)
        except ValueError as error:
            raise ProviderError(str(error), permanent=True) from error
        create = self._client.v1.checkout.sessions.create_async
        try:
            session = await self._ask(lambda: create(cast("Any", params), {"idempotency_key": request.payload}))
        except ProviderError as error:
            found = await self._find_session(request) if error.unknown else None
            if found is None:
                raise
            session = found
        return PaymentPage(reference=session.id, url=session.url or "", expires_at=request.expires_at)

    async def look_up(self, reference: str) -> ProviderEvent | None:
        """How the page stands now. Raises ProviderError."""
        retrieve = self._client.v1.checkout.sessions.retrieve_async
        session = await self._ask(lambda: retrieve(reference, {"expand": SESSION_PARTS}))
        return read_session(_plain(session))

    async def close(self, reference: str) -> ProviderEvent | None:
        """Close the page; what it came to if somebody was faster. Raises ProviderError."""
        expire = self._client.v1.checkout.sessions.expire_async
        try:
            await self._ask(lambda: expire(reference))
        except ProviderError as error:
            if not error.permanent:
                raise
        return await self.look_up(reference)

    async def refund(self, order: RefundOrder) -> RefundResult:
        """Give money back, unless this very refund was made before. Raises ProviderError."""
        charge = _charge_params(order)
        listed = await self._ask(lambda: self._client.v1.refunds.list_async(cast("Any", {**charge, "limit": 100})))
        for made in _plain(listed)["data"]:
            if made["metadata"].get("refund_key") == order.idempotency_key:
                return _refund_result(made)
        try:
            amount = STRIPE.write(order.amount, order.currency)
        except ValueError as error:
            raise ProviderError(str(error), permanent=True) from error
        params = {**charge, "amount": amount, "metadata": {"refund_key": order.idempotency_key}}
        # A key repeats its first answer for a day, even a failure; the list above shows that nothing came of it.
        key = order.idempotency_key + (f"-{order.tries}" if order.tries > SAME_KEY_TRIES else "")
        create = self._client.v1.refunds.create_async
        return _refund_result(_plain(await self._ask(lambda: create(cast("Any", params), {"idempotency_key": key}))))

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        """Verify and read one delivery. Raises BadWebhook (also when there is no secret: anybody could forge)."""
        signature = next((value for name, value in headers.items() if name.lower() == "stripe-signature"), "")
        if not self._secret:
            raise BadWebhook("no webhook secret is configured")
        try:
            text = body.decode()
            stripe.WebhookSignature.verify_header(text, signature, self._secret, stripe.Webhook.DEFAULT_TOLERANCE)
            return read_event(json.loads(text))
        except (
            stripe.SignatureVerificationError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise BadWebhook(f"not a delivery of Stripe: {type(error).__name__}") from error

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        """What is true now about what the event told. Raises ProviderError."""
        if event.kind in REFUNDS and event.refund_reference is not None:
            name = event.refund_reference
            refund = await self._ask(lambda: self._client.v1.refunds.retrieve_async(name))
            return read_refund(_plain(refund), event.event_id)
        if event.kind in DISPUTES and event.refund_reference is not None:
            name = event.refund_reference
            dispute = await self._ask(lambda: self._client.v1.disputes.retrieve_async(name))
            return read_dispute(_plain(dispute), event.event_id)
        if event.reference is None:
            return None
        now = await self.look_up(event.reference)
        return None if now is None else replace(now, event_id=event.event_id)

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        """Events of the types that we hear, oldest first; Stripe keeps them for 30 days. Raises ProviderError."""
        query: dict[str, Any] = {"types": list(HEARD), "created": {"gte": int(since.timestamp())}, "limit": 100}
        found: list[ProviderEvent] = []
        while True:
            page = _plain(await self._ask(lambda: self._client.v1.events.list_async(cast("Any", dict(query)))))
            found.extend(event for row in page["data"] if (event := read_event(row)) is not None)
            if not page["has_more"]:
                return found[::-1]
            query["starting_after"] = page["data"][-1]["id"]

    async def _find_session(self, request: AttemptRequest) -> stripe.checkout.Session | None:
        """The session that a lost answer was about: after a failure the key alone would repeat the failure."""
        opened = int((request.expires_at - self.lifetime - timedelta(minutes=1)).astimezone(UTC).timestamp())
        sessions = self._client.v1.checkout.sessions
        page = await self._ask(lambda: sessions.list_async({"created": {"gte": opened}, "limit": 100}))
        return next((one for one in page.data if one.client_reference_id == request.payload), None)

    async def _ask(self, call: Callable[[], Awaitable[T]]) -> T:
        for wait in (*BUSY_WAITS, None):
            try:
                return await call()
            except stripe.RateLimitError as error:
                if wait is None:
                    raise ProviderError("Stripe is busy (429)") from error
                await self._pause(wait)
            except stripe.StripeError as error:
                raise _provider_error(error) from error
        raise AssertionError


def _charge_params(order: RefundOrder) -> dict[str, str]:
    """Our own charges are payment intents; one behind Telegram's sheet is known by its charge."""
    intent = order.charge_id if order.charge_id.startswith("pi_") else None
    other = order.provider_charge_id or ""
    if intent is None and other.startswith("pi_"):
        intent = other
    return {"payment_intent": intent} if intent else {"charge": other or order.charge_id}


def _refund_result(refund: Mapping[str, Any]) -> RefundResult:
    if refund["status"] in {"failed", "canceled"}:
        raise ProviderError(f"Stripe: the refund {refund['id']} {refund['status']}", permanent=True)
    return RefundResult(reference=refund["id"], pending=refund["status"] != "succeeded")


def _plain(thing: stripe.StripeObject) -> dict[str, Any]:
    return thing.to_dict()


def _provider_error(error: stripe.StripeError) -> ProviderError:
    """Sort an error by what it means for asking again; the request is not kept."""
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        # Stripe's own words repeat parts of the key, and these are stored and shown.
        return KeyRefused(f"Stripe refuses the key ({error.http_status})")
    text = f"Stripe: {error.user_message or type(error).__name__}"[:200]
    if isinstance(error, stripe.APIConnectionError | stripe.APIError) or error.http_status == HTTPStatus.CONFLICT:
        return ProviderError(text, unknown=True)
    if error.code == "charge_disputed":
        return RefundDisputed(text)
    return ProviderError(text, permanent=True)


_: type[Provider] = Stripe
_hears: type[WebhookProvider] = Stripe
_lists: type[ListsEvents] = Stripe
