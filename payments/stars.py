"""Telegram Stars: digital goods, whole Stars, refunds of the whole charge only."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from db.models import ProductKind
from db.money import STARS
from shop.payments.subscribing import Subscribes
from shop.ports import (
    AttemptRequest,
    Delivery,
    EventKind,
    InvoiceSheet,
    ListsEvents,
    OrderFacts,
    PaymentPage,
    Provider,
    ProviderError,
    ProviderEvent,
    RefundNotSupported,
    RefundOrder,
    RefundResult,
)

PERIOD = timedelta(days=30)  # the only one that there is
PAGE = 100  # transactions a call, Bot API
SALE = "invoice_payment"  # other transactions with people are gifts, premium, paid media: nothing of an order
MARGIN = timedelta(minutes=5)
log = structlog.get_logger()


class StarsApi(Protocol):
    """The part of a bot that Stars need."""

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        """Call a Bot API method with plain values. Raises the errors of telegram.error."""
        ...


class Stars:
    """Stars are charged by an invoice without a provider token."""

    name = "stars"
    partial_refunds = False
    by_hand = False
    delivery = Delivery.NOWHERE

    def __init__(self, api: StarsApi, *, hold: timedelta, margin: timedelta = MARGIN) -> None:
        self._api = api
        self.lifetime = hold
        self.hold = hold + margin
        self._read = 0  # so many transactions are older than anything asked for

    def accepts(self, order: OrderFacts) -> bool:
        """Digital goods priced in Stars."""
        return order.kind is ProductKind.DIGITAL and order.currency == STARS and order.total > 0

    async def open(self, request: AttemptRequest) -> InvoiceSheet | PaymentPage:
        """The sheet; Stars take neither tips nor addresses. What is paid every month is begun by a link.

        A link that was made and got lost does no harm: the gate lets one charge through. Raises ProviderError.
        """
        if not request.monthly:
            return InvoiceSheet(reference=request.payload, provider_token="", request=request)
        invoice = {
            "title": request.title,
            "description": request.description,
            "payload": request.payload,
            "provider_token": "",
            "currency": STARS,
            "prices": [{"label": request.title, "amount": request.total}],
            "subscription_period": int(PERIOD.total_seconds()),
        }
        if request.photo_url is not None:
            invoice["photo_url"] = request.photo_url
        try:
            link = await self._api.call("createInvoiceLink", invoice)
        except TelegramError as error:
            raise _provider_error(error) from error
        if not isinstance(link, str):
            raise ProviderError("Telegram: the answer is no link")
        return PaymentPage(reference=request.payload, url=link, expires_at=request.expires_at)

    async def renew(self, telegram_id: int, charge_id: str, *, renew: bool) -> None:
        """Charge a subscription no more, or let its person go on with it. Raises ProviderError."""
        told = {"user_id": telegram_id, "telegram_payment_charge_id": charge_id, "is_canceled": not renew}
        try:
            await self._api.call("editUserStarSubscription", told)
        except TelegramError as error:
            raise _provider_error(error) from error

    async def look_up(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """Transactions are listed, not looked up: see `recent_events`."""
        return None

    async def close(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """A closed attempt is refused by the gate; there is nothing to call."""
        return None

    async def refund(self, order: RefundOrder) -> RefundResult:
        """Give all the Stars of a charge back; what was given back before counts as done. Raises ProviderError."""
        if not order.full or order.telegram_id is None:
            raise RefundNotSupported("Stars go back whole, and to a person that Telegram knows")
        charge = {"user_id": order.telegram_id, "telegram_payment_charge_id": order.charge_id}
        try:
            await self._api.call("refundStarPayment", charge)
        except TelegramError as error:
            if "CHARGE_ALREADY_REFUNDED" not in str(error).upper():
                raise _provider_error(error) from error
        return RefundResult(reference=f"stars:{order.charge_id}")

    async def recent_events(self, since: datetime) -> list[ProviderEvent]:
        """Payments and refunds in Stars since then, oldest first. Raises ProviderError."""
        events: list[ProviderEvent] = []
        offset = self._read
        while True:
            page = await self._page(offset)
            old = sum(_is_before(row, since) for row in page)
            self._read += old  # the list is chronological: those need not be read again
            events.extend(event for row in page[old:] if (event := _event_or_none(row)) is not None)
            if len(page) < PAGE:
                return events
            offset += len(page)

    async def _page(self, offset: int) -> list[dict[str, Any]]:
        try:
            answer = await self._api.call("getStarTransactions", {"offset": offset, "limit": PAGE})
        except TelegramError as error:
            raise _provider_error(error) from error
        if not isinstance(answer, Mapping) or not isinstance(answer.get("transactions"), list):
            raise ProviderError("Telegram: the answer is no list of transactions")
        return list(answer["transactions"])


def _is_before(row: object, since: datetime) -> bool:
    date = row.get("date") if isinstance(row, Mapping) else None
    return isinstance(date, int) and datetime.fromtimestamp(date, UTC) < since


def _event_or_none(row: Any) -> ProviderEvent | None:
    """What a transaction tells; one that nobody can read must not hide the others."""
    try:
        return _event(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("transaction_unreadable", error=repr(error), id=row.get("id") if isinstance(row, Mapping) else None)
        return None


def _event(transaction: Mapping[str, Any]) -> ProviderEvent | None:
    """A payment has a source, a refund a receiver; both carry the id of the charge. Other transactions are not ours.

    What the bot gives to people (gifts, Telegram Premium) has a receiver too, and is no refund.
    """
    charge, amount = str(transaction["id"]), int(transaction["amount"])
    source, receiver = transaction.get("source"), transaction.get("receiver")
    if source and source.get("invoice_payload") and source.get("transaction_type", SALE) == SALE:
        return ProviderEvent(
            provider="stars",
            event_id=f"paid:{charge}",
            kind=EventKind.PAID,
            reference=source["invoice_payload"],
            payload=source["invoice_payload"],
            amount=amount,
            currency=STARS,
            charge_id=charge,
            until=_until(transaction, source),
        )
    given = receiver and (receiver.get("transaction_type", SALE) != SALE or "gift" in receiver)
    if receiver and receiver.get("type") == "user" and not given:
        return ProviderEvent(
            provider="stars",
            event_id=f"refunded:{charge}",
            kind=EventKind.REFUNDED,
            amount=amount,
            currency=STARS,
            charge_id=charge,
        )
    return None


def _until(transaction: Mapping[str, Any], source: Mapping[str, Any]) -> datetime | None:
    """Until when a month is paid, which transactions do not say: it began with its charge."""
    period = source.get("subscription_period")
    return datetime.fromtimestamp(int(transaction["date"]) + int(period), UTC) if period else None


def _provider_error(error: TelegramError) -> ProviderError:
    if isinstance(error, BadRequest | Forbidden):
        return ProviderError(f"Telegram: {error.message}", permanent=True)
    return ProviderError(f"Telegram: {error.message}", unknown=isinstance(error, TimedOut | NetworkError))


_: type[Provider] = Stars
_lists: type[ListsEvents] = Stars
_subscribes: type[Subscribes] = Stars
