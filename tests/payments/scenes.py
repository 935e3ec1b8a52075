"""What shops do with money, each as something that can be interrupted anywhere: who asks what of the shop."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PaymentAttempt, Product
from shop import carts, checkout
from shop.orders import cancel_by_customer
from shop.payments import gate
from shop.payments.closing import close_attempts
from shop.payments.gate import Sheet
from shop.ports import WebhookProvider
from shop.refusals import NothingToRefund, Refusal
from tests.payments.counter import HOME, Counter
from tests.payments.outside import OutsideTill
from tests.payments.tills import paid
from tests.world.people import ANN, BOB, user

Act = Callable[[Counter], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """`before` happens in peace, `act` is interrupted; `again` is what people and providers do once more after it."""

    name: str
    before: Act
    act: Act
    again: Act | None = None


class Outside(Protocol):
    """The provider of a scene as its customers and its bank see it; it goes on when the shop was killed."""

    def pay(self, attempt: PaymentAttempt) -> bool:
        """A customer pays on the page of this attempt; False when it is closed."""

    def news(self) -> list[tuple[bytes, dict[str, str]]]:
        """Every webhook so far, oldest first."""

    def opened(self) -> int:
        """How many pages there ever were."""

    def charges(self) -> dict[str, int]:
        """What was taken, by charge."""

    def given_back(self, charge: str) -> int:
        """What went back of a charge."""


def till(counter: Counter) -> OutsideTill:
    """The pretend till of the scenes."""
    assert isinstance(counter.till, OutsideTill)
    return counter.till


def outside(counter: Counter) -> Outside:
    """Whoever takes the money of this counter."""
    return counter.outside if isinstance(counter, OutsideCounter) else till(counter)


@dataclass
class OutsideCounter(Counter):
    """A counter whose provider is not the pretend till."""

    outside: Outside = field(kw_only=True)


async def the_order(counter: Counter) -> Order:
    """The first order."""
    async with counter.db.read() as session:
        return (await session.scalars(select(Order).order_by(Order.id).limit(1))).one()


async def orders_by_charge(counter: Counter) -> dict[str, str]:
    """How the order of each charge stands."""
    query = select(PaymentAttempt.charge_id, Order.status).join(Order, Order.id == PaymentAttempt.order_id)
    async with counter.db.read() as session:
        rows = (await session.execute(query.where(PaymentAttempt.charge_id.is_not(None)))).all()
    return {str(charge): status.value for charge, status in rows}


async def a_full_cart(counter: Counter) -> None:
    """Ann has two teas in her cart."""
    tea = await counter.stock_up()

    async def fill(session: AsyncSession) -> None:
        ann = await user(session, ANN)
        await carts.set_quantity(session, ann, tea.id, 2, now=counter.clock.now())
        summary = await checkout.summarise(session, ann, tea.owner_id, tea.kind, now=counter.clock.now())
        counter.remembered["checkout"] = summary.key

    await counter.run(fill)


async def check_out(counter: Counter) -> None:
    """Ann confirms her cart, says where it goes, and taps a way to pay; again with the button that she still sees."""

    async def place(session: AsyncSession) -> Order:
        now, ann = counter.clock.now(), await user(session, ANN)
        tea = (await session.scalars(select(Product))).one()
        order = await checkout.place_order(
            session,
            ann,
            owner_id=tea.owner_id,
            kind=tea.kind,
            checkout_key=counter.remembered["checkout"],
            payment_method=counter.method,
            note=None,
            policy=counter.policy,
            hold=counter.policy.order_hold,
            now=now,
        )
        session.add(order)
        if order.address is None:
            await checkout.choose_shipping(
                session, order, option_id="post", address=HOME, policy=counter.policy, now=now
            )
        return order

    await counter.open(await counter.run(place))


async def check_out_and_pay(counter: Counter) -> None:
    """Ann taps once more, and pays on the page that she is shown."""
    await check_out(counter)
    order = await the_order(counter)
    attempt, _ = await counter.open(order)
    assert outside(counter).pay(attempt)
    await deliver(counter)


async def an_open_page(counter: Counter) -> None:
    """Ann has ordered, and her payment page is open."""
    await counter.open(await counter.order(await counter.stock_up()))


async def a_paid_page(counter: Counter) -> None:
    """Ann has paid on her page, and nobody knows yet."""
    attempt, _ = await counter.open(await counter.order(await counter.stock_up()))
    assert outside(counter).pay(attempt)


async def a_paid_order(counter: Counter) -> None:
    """Ann has paid, and her order goes on."""
    await a_paid_page(counter)
    await deliver(counter)


async def deliver(counter: Counter) -> None:
    """The provider's webhook comes, and what it said is settled."""
    provider = counter.providers[counter.method]
    assert isinstance(provider, WebhookProvider)
    for body, headers in outside(counter).news():
        await counter.receive(provider, body, headers)


async def pay_in_the_sheet(counter: Counter) -> None:
    """Telegram asks, charges and tells: all of it inside the chat."""
    order = await the_order(counter)
    (payload,) = till(counter).pages
    sheet = Sheet(payload, ANN.telegram_id, "EUR", order.total_price)
    if f"ref-{payload}" not in till(counter).said:
        await counter.run(
            lambda session: gate.check_pre_checkout(session, sheet, policy=counter.policy, now=counter.clock.now())
        )
        till(counter).take(payload)
    await counter.settle(till(counter).said[f"ref-{payload}"])


async def a_second_charge(counter: Counter) -> None:
    """The same invoice was charged once more."""
    (payload,) = till(counter).pages
    event = paid(till(counter).pages[payload], charge="ch-2")
    till(counter).said["second"] = event
    await counter.settle(event)
    await counter.work_on_refunds()


async def an_expired_order_without_stock(counter: Counter) -> None:
    """Ann's hold ran out, Bob has the last one, and Ann pays in that moment."""
    tea = await counter.stock_up(stock=1)
    await counter.open(await counter.order(tea))
    counter.clock.pass_by(hours=1)
    pages = dict(till(counter).pages)
    await counter.expire()
    await counter.order(tea, who=BOB)
    till(counter).said.clear()
    till(counter).take(next(iter(pages)))


async def settle_and_give_back(counter: Counter) -> None:
    """News of money that cannot be kept, and the work that follows."""
    await deliver(counter)
    await counter.work_on_refunds()


def giving_back(amount: int | None = None, *, restock: bool = False) -> Act:
    """Olga's command; it is not written down twice when Telegram brings it twice."""

    async def act(counter: Counter) -> None:
        try:
            await counter.refund(await the_order(counter), amount, restock=restock, key="refund:1003:77")
        except NothingToRefund:
            assert amount is None

    return act


async def expire(counter: Counter) -> None:
    """The schedule comes by after the hold ran out."""
    await counter.expire()


async def an_old_page(counter: Counter) -> None:
    """Ann's page was never paid."""
    await an_open_page(counter)
    counter.clock.pass_by(hours=1)


async def an_old_paid_page(counter: Counter) -> None:
    """Ann's page was paid in time, and its news got lost."""
    await a_paid_page(counter)
    counter.clock.pass_by(hours=1)


async def cancel(counter: Counter) -> None:
    """Ann gives up: her page is closed, then the order is cancelled."""
    order = await the_order(counter)
    if await close_attempts(counter.db, counter.providers, order.id, policy=counter.policy, clock=counter.clock):
        return

    async def work(session: AsyncSession) -> None:
        await cancel_by_customer(session, await user(session, ANN), order.id, now=counter.clock.now())

    try:
        await counter.run(work)
    except Refusal:
        assert (await the_order(counter)).status.value == "cancelled"


SCENES = (
    Scene("checkout on a page", a_full_cart, check_out, check_out_and_pay),
    Scene("settlement by webhook", a_paid_page, deliver, deliver),
    Scene("settlement in the chat", an_open_page, pay_in_the_sheet, pay_in_the_sheet),
    Scene("settlement of a second charge", a_paid_order, a_second_charge, a_second_charge),
    Scene("settlement of late money", an_expired_order_without_stock, settle_and_give_back, settle_and_give_back),
    Scene("refund of everything", a_paid_order, giving_back(), giving_back()),
    Scene("refund of a part", a_paid_order, giving_back(300), giving_back(300)),
    Scene("refund with the goods", a_paid_order, giving_back(restock=True), giving_back(restock=True)),
    Scene("expiry of an open page", an_old_page, expire),
    Scene("expiry of a paid page", an_old_paid_page, expire),
    Scene("cancelling with an open page", an_open_page, cancel, cancel),
)
