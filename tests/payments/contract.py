"""The table of providers that the contract suite runs over: a new provider is one more row here."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from db.models import ProductKind
from payments.by_hand import ByHand
from payments.stars import Stars
from payments.telegram import TelegramPayments
from shop.ports import AttemptRequest, InvoiceLine, Opening, OrderFacts, Provider, RefundOrder
from tests.payments import pretend_crypto as cryptos
from tests.payments import pretend_paypal as paypals
from tests.payments.pretend import SECRET, pretend_stripe
from tests.world.clock import START

TOKEN = "4242:TEST:pretend-secret-token"
EUROS = OrderFacts(ProductKind.PHYSICAL, "EUR", 1250)
STARS = OrderFacts(ProductKind.DIGITAL, "XTR", 250)


@dataclass
class Bench:
    """One provider under test, and its customer: `pay` pays an opening and tells the names of the charge."""

    provider: Provider
    pay: Callable[[AttemptRequest, Opening], Awaitable[tuple[str, str | None]]]


@dataclass(frozen=True)
class Row:
    """What is true of a provider; `secrets` must never be seen in its words."""

    name: str
    bench: Callable[[], AbstractAsyncContextManager[Bench]]
    takes: tuple[OrderFacts, ...]
    refuses: tuple[OrderFacts, ...]
    answers: bool  # it can be asked how a payment stands
    gives_back: bool  # it has a refund call
    secrets: tuple[str, ...] = ()


@dataclass
class PretendStarsApi:
    """The two methods of the Bot API that Stars need."""

    transactions: list[dict[str, Any]] = field(default_factory=list)
    refunded: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        from telegram.error import BadRequest

        self.calls.append(method)
        if method == "getStarTransactions":
            return {"transactions": self.transactions[data["offset"] : data["offset"] + data["limit"]]}
        if data["telegram_payment_charge_id"] in self.refunded:
            raise BadRequest("CHARGE_ALREADY_REFUNDED")
        self.refunded.append(data["telegram_payment_charge_id"])
        return True

    def charge(self, payload: str, amount: int, charge: str) -> None:
        """Write a payment into the list of transactions."""
        source = {"type": "user", "transaction_type": "invoice_payment", "invoice_payload": payload}
        row = {"id": charge, "amount": amount, "date": int(START.timestamp()), "source": source}
        self.transactions.append(row)


async def in_the_sheet(request: AttemptRequest, _opening: Opening) -> tuple[str, str | None]:
    """Telegram's own sheet charges out of our sight."""
    return f"tg-{request.payload}", "bank-1"


@asynccontextmanager
async def stars() -> AsyncGenerator[Bench]:
    yield Bench(Stars(PretendStarsApi(), hold=timedelta(minutes=15)), in_the_sheet)


@asynccontextmanager
async def telegram_alone() -> AsyncGenerator[Bench]:
    yield Bench(TelegramPayments(TOKEN, hold=timedelta(minutes=15)), in_the_sheet)


@asynccontextmanager
async def telegram_before_stripe() -> AsyncGenerator[Bench]:
    async with pretend_stripe() as (pretend, stripe):

        async def pay(request: AttemptRequest, _opening: Opening) -> tuple[str, str | None]:
            return f"tg-{request.payload}", pretend.charge_elsewhere(request.total, request.currency).id

        yield Bench(TelegramPayments(TOKEN, hold=timedelta(minutes=15), bank=stripe), pay)


@asynccontextmanager
async def stripe_page() -> AsyncGenerator[Bench]:
    async with pretend_stripe() as (pretend, stripe):

        async def pay(_request: AttemptRequest, opening: Opening) -> tuple[str, str | None]:
            session = pretend.pay(opening.reference)
            return str(session.payment_intent), None

        yield Bench(stripe, pay)


@asynccontextmanager
async def paypal_page() -> AsyncGenerator[Bench]:
    async with paypals.pretend_paypal() as (pretend, paypal):

        async def pay(request: AttemptRequest, opening: Opening) -> tuple[str, str | None]:
            pretend.approve(opening.reference)
            event = await paypal.capture(opening.reference, f"capture-{request.payload}")
            assert event is not None
            return str(event.charge_id), None

        yield Bench(paypal, pay)


@asynccontextmanager
async def crypto_invoice() -> AsyncGenerator[Bench]:
    async with cryptos.pretend_crypto() as (pretend, crypto):

        async def pay(_request: AttemptRequest, opening: Opening) -> tuple[str, str | None]:
            return str(pretend.pay(int(opening.reference)).id), None

        yield Bench(crypto, pay)


def by_hand(name: str) -> Callable[[], AbstractAsyncContextManager[Bench]]:
    @asynccontextmanager
    async def bench() -> AsyncGenerator[Bench]:
        yield Bench(ByHand(name, "Have it ready.", hold=timedelta(days=3)), in_the_sheet)

    return bench


YEN = OrderFacts(ProductKind.PHYSICAL, "JPY", 1250)
DINARS = OrderFacts(ProductKind.PHYSICAL, "KWD", 12340)
FREE = OrderFacts(ProductKind.PHYSICAL, "EUR", 0)
BOOK = OrderFacts(ProductKind.DIGITAL, "EUR", 1250)

TABLE = (
    Row("stars", stars, (STARS,), (EUROS, BOOK), answers=False, gives_back=True),
    Row("telegram", telegram_alone, (EUROS, YEN, DINARS), (BOOK, STARS, FREE), False, False, (TOKEN,)),
    Row("telegram", telegram_before_stripe, (EUROS, YEN, DINARS), (BOOK, STARS, FREE), False, True, (TOKEN,)),
    Row(
        "stripe",
        stripe_page,
        (EUROS, YEN, DINARS),
        (BOOK, STARS, FREE, OrderFacts(ProductKind.PHYSICAL, "KWD", 12345)),
        answers=True,
        gives_back=True,
        secrets=(SECRET, "sk_test_pretend_counter"),
    ),
    Row(
        "paypal",
        paypal_page,
        (EUROS, YEN),
        (BOOK, STARS, FREE, DINARS),
        answers=True,
        gives_back=True,
        secrets=(paypals.SECRET,),
    ),
    Row("crypto", crypto_invoice, (EUROS,), (BOOK, STARS, FREE, DINARS, YEN), True, False, (cryptos.TOKEN,)),
    Row("cash", by_hand("cash"), (EUROS, YEN, DINARS, FREE), (BOOK, STARS), answers=False, gives_back=False),
    Row("transfer", by_hand("transfer"), (EUROS, YEN, DINARS, FREE), (BOOK, STARS), answers=False, gives_back=False),
)


def request_for(order: OrderFacts, payload: str = "payload-1") -> AttemptRequest:
    """An attempt at an order of two lines, without an address."""
    first = order.total // 2
    return AttemptRequest(
        attempt_id=1,
        order_id=1042,
        payload=payload,
        title="Order #1042",
        description="Green tea",
        currency=order.currency,
        total=order.total,
        lines=(InvoiceLine("Green tea", order.total),)
        if order.currency == "KWD"
        else (InvoiceLine("Green tea", first), InvoiceLine("Black tea", order.total - first)),
        telegram_id=1001,
        needs_address=False,
        shipping=(),
        countries=(),
        max_tip=0,
        tips=(),
        photo_url=None,
        return_url="https://t.me/shop_bot?start=paid_payload-1",
        expires_at=START + timedelta(minutes=31),
        language="en",
    )


def refund_of(request: AttemptRequest, names: tuple[str, str | None], amount: int | None = None) -> RefundOrder:
    """A refund of a charge, all of it unless `amount` says otherwise."""
    return RefundOrder(
        charge_id=names[0],
        provider_charge_id=names[1],
        amount=request.total if amount is None else amount,
        currency=request.currency,
        idempotency_key=f"refund-{amount}",
        telegram_id=request.telegram_id,
        full=amount is None,
    )
