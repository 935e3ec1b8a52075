"""Crypto Pay (@CryptoBot): an invoice in the shop's currency, paid in coins; what goes back, people send by hand."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import httpx

from db.models import ProductKind
from db.money import exponent
from shop.payments.counting import codes, ten_to
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
    RefundNotSupported,
    RefundOrder,
    RefundResult,
    WebhookProvider,
)

# help.send.tg/en/articles/10279948, seen 2026-11: the currencies in which an invoice may be written.
FIATS = codes("AED AMD AZN BRL BYN CNY EUR GBP GEL IDR ILS INR KZT PLN RUB THB TRY UAH USD UZS")
TIMEOUT = 10.0  # seconds
WAITS = (0.5, 1.0, 2.0)  # seconds before a question is asked again
MOST = 1000  # invoices of one list
DESCRIPTION = 1024  # characters
Pause = Callable[[float], Awaitable[None]]


class CryptoPay:
    """The invoice opens in Telegram. It can be deleted, it has no request key and no refund."""

    name = "crypto"
    partial_refunds = True
    by_hand = False
    has_webhook = True  # it is signed with the token
    delivery = Delivery.NOWHERE

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://pay.crypt.bot",
        page: timedelta = timedelta(minutes=30),
        margin: timedelta = timedelta(minutes=5),
        timeout: float = TIMEOUT,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.lifetime = page
        self.hold = page + margin
        self._secret = hashlib.sha256(token.encode()).digest()
        self._api = f"{api_url.rstrip('/')}/api/"
        self._pause = pause
        self._http = httpx.AsyncClient(timeout=timeout, headers={"Crypto-Pay-API-Token": token})

    async def hang_up(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def accepts(self, order: OrderFacts) -> bool:
        """Physical goods in a currency in which an invoice may be written."""
        return order.kind is ProductKind.PHYSICAL and order.currency in FIATS and order.total > 0

    async def open(self, request: AttemptRequest) -> PaymentPage:
        """The invoice of this request, written unless it was before: there is no key by which it would be known.

        Raises ProviderError.
        """
        found = await self._find(request.payload)
        invoice = found or await self._ask(
            "createInvoice",
            {
                "currency_type": "fiat",
                "fiat": request.currency,
                "amount": _written(request.total, request.currency),
                "description": f"{request.title}: {request.description}"[:DESCRIPTION],
                "payload": request.payload,
                "paid_btn_name": "callback",
                "paid_btn_url": request.return_url,
                "allow_comments": False,
                "allow_anonymous": False,
                "expires_in": int(self.lifetime.total_seconds()),
            },
        )
        url = str(invoice["bot_invoice_url"])
        return PaymentPage(reference=str(invoice["invoice_id"]), url=url, expires_at=request.expires_at)

    async def look_up(self, reference: str) -> ProviderEvent | None:
        """How the invoice stands; one that was deleted is over. Raises ProviderError."""
        if not reference.isdigit():
            return _over(reference)
        listed = await self._ask("getInvoices", {"invoice_ids": reference})
        return _read(listed["items"][0]) if listed["items"] else _over(reference)

    async def close(self, reference: str) -> ProviderEvent | None:
        """Delete the invoice; what it came to if somebody was faster. Raises ProviderError."""
        now = await self.look_up(reference)
        if now is not None:
            return now
        try:
            await self._ask("deleteInvoice", {"invoice_id": int(reference)})
        except ProviderError as error:
            if not error.permanent:
                raise
        return await self.look_up(reference)

    async def refund(self, order: RefundOrder) -> RefundResult:  # noqa: ARG002  the shape of a provider
        """Raises RefundNotSupported: a coin's price has moved since, so a person agrees on it with the customer."""
        raise RefundNotSupported("Crypto Pay has no refunds; send it to the customer in @CryptoBot")

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        """Verify and read one delivery. Raises BadWebhook."""
        told = {name.lower(): value for name, value in headers.items()}
        genuine = hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(genuine.encode(), told.get("crypto-pay-api-signature", "").encode()):
            raise BadWebhook("not signed with our token")
        try:
            update = json.loads(body)
            return _read(update["payload"]) if update["update_type"] == "invoice_paid" else None
        except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
            raise BadWebhook(f"not a delivery of Crypto Pay: {type(error).__name__}") from error

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        """What is true now about the invoice: only a paid one is. Raises ProviderError."""
        return await self.look_up(event.reference) if event.reference is not None else None

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        """Invoices paid since then, oldest first. Raises ProviderError."""
        found: list[ProviderEvent] = []
        offset = 0
        while True:
            listed = await self._ask("getInvoices", {"status": "paid", "count": MOST, "offset": offset})
            rows = listed["items"]
            new = [row for row in rows if datetime.fromisoformat(row["paid_at"]) >= since]
            found.extend(event for row in new if (event := _read(row)) is not None)
            if len(new) < MOST:
                return found[::-1]
            offset += MOST

    async def _find(self, payload: str) -> Mapping[str, Any] | None:
        """The invoice that a lost answer was about."""
        listed = await self._ask("getInvoices", {"status": "active", "count": MOST})
        return next((row for row in listed["items"] if row.get("payload") == payload), None)

    async def _ask(self, method: str, body: Mapping[str, Any]) -> Any:
        """Call a method; what asks only is asked again while Crypto Pay stumbles. Raises ProviderError, KeyRefused."""
        waits = (*WAITS, None) if method != "createInvoice" else (None,)
        for wait in waits:
            try:
                answer = await self._http.post(self._api + method, json=body)
            except httpx.HTTPError as error:
                if wait is None:
                    raise ProviderError(f"Crypto Pay: {type(error).__name__}", unknown=True) from error
            else:
                if not answer.is_server_error and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                    return _result(answer)
                if wait is None:
                    raise ProviderError(f"Crypto Pay stumbles ({answer.status_code})", unknown=answer.is_server_error)
            await self._pause(wait or 0)
        raise AssertionError


def _result(answer: httpx.Response) -> Any:
    try:
        said = answer.json()
    except ValueError as error:
        raise ProviderError(f"Crypto Pay: the answer is no JSON ({answer.status_code})", unknown=True) from error
    if said.get("ok") is True:
        return said["result"]
    name = str((said.get("error") or {}).get("name") or answer.status_code)
    if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise KeyRefused(f"Crypto Pay refuses the token ({answer.status_code})")
    raise ProviderError(f"Crypto Pay: {name}"[:200], permanent=True)


def _read(invoice: Mapping[str, Any]) -> ProviderEvent | None:
    """How an invoice stands: an active one is not paid, whatever else it says."""
    reference, status = str(invoice["invoice_id"]), invoice["status"]
    if status == "expired":
        return _over(reference)
    if status != "paid":
        return None
    currency = str(invoice["fiat"])
    return ProviderEvent(
        provider="crypto",
        event_id=f"paid:{reference}",
        kind=EventKind.PAID,
        reference=reference,
        payload=invoice.get("payload"),
        amount=int(Decimal(str(invoice["amount"])).scaleb(exponent(currency))),
        currency=currency,
        charge_id=reference,
        note=f"{invoice.get('paid_amount', '')} {invoice.get('paid_asset', '')}".strip(),
    )


def _over(reference: str) -> ProviderEvent:
    return ProviderEvent("crypto", f"over:{reference}", EventKind.EXPIRED, reference)


def _written(amount: int, currency: str) -> str:
    whole, rest = divmod(amount, ten_to(exponent(currency)))
    return f"{whole}.{rest:0{exponent(currency)}}" if exponent(currency) else str(whole)


_: type[Provider] = CryptoPay
_hears: type[WebhookProvider] = CryptoPay
_lists: type[ListsEvents] = CryptoPay
