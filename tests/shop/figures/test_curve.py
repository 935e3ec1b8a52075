"""The chart of sales: what was long ago is remembered for a minute when it is dear, today never."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, Payment, PaymentStatus, ProductKind
from shop import figures
from shop.figures import Curve, Period, Remembered, Span, curve, period_of
from shop.people.permissions import ALL, Acting, operating
from shop.policy import Policy
from tests.world.clock import START
from tests.world.people import ANN, IVAN, OLGA, OSCAR, Someone, user

ZONE = Policy().timezone
_numbers = count(1)


async def a_sale(
    session: AsyncSession, amount: int, at: datetime, *, back: int = 0, currency: str = "EUR", seller: Someone = OLGA
) -> None:
    ann, owner = await user(session, ANN), await user(session, seller)
    values: dict[str, Any] = {"currency": currency, "created_at": at, "updated_at": at}
    order = Order(
        user_id=ann.id,
        owner_id=owner.id,
        status=OrderStatus.PROCESSING,
        kind=ProductKind.PHYSICAL,
        subtotal=amount,
        total_price=amount,
        checkout_key=f"curve.{next(_numbers)}",
        **values,
    )
    session.add(order)
    await session.flush()
    status = PaymentStatus.PARTLY_REFUNDED if back else PaymentStatus.COMPLETED
    paid = {"amount": amount, "refunded_amount": back, "payment_status": status, "payment_date": at}
    session.add(Payment(order_id=order.id, tip=0, payment_method="stripe", **paid, **values))
    await session.flush()


async def look(
    session: AsyncSession, by: Acting, remembered: Remembered, *, span: Span = Span.WEEK, now: datetime = START
) -> Curve:
    period: Period = period_of(span, now, ZONE)
    return await figures.sales(session, by, period, zone=ZONE, now=now, remembered=remembered)


async def test_each_bar_has_its_day_and_the_time_before_stands_beside(session: AsyncSession) -> None:
    olga, oscar = await user(session, OLGA), await user(session, OSCAR)
    mine, all_of_it = Acting(olga.id, olga.id, ALL), operating(oscar)
    for amount, days in ((100, 0), (200, 1), (400, 1), (800, 6), (1_600, 7), (3_200, 13), (6_400, 14)):
        await a_sale(session, amount, START - timedelta(days=days))
    await a_sale(session, 50, START, back=20, currency="USD")
    await a_sale(session, 7, START, seller=IVAN)

    hers, everybodys = await look(session, mine, Remembered()), await look(session, all_of_it, Remembered())

    assert hers.bars == {"EUR": [800, 0, 0, 0, 0, 600, 100], "USD": [0] * 6 + [30]}
    assert [(one.currency, one.orders, one.paid, one.kept, one.refunds) for one in hers.now] == [
        ("EUR", 4, 1_500, 1_500, 0),
        ("USD", 1, 50, 30, 1),
    ]
    assert [(one.orders, one.kept) for one in hers.before] == [(2, 4_800)]
    assert everybodys.bars["EUR"][-1] == 107


async def test_a_past_that_is_dear_is_remembered_for_a_minute_and_today_is_not(session: AsyncSession) -> None:
    olga, ivan = await user(session, OLGA), await user(session, IVAN)
    mine, his = Acting(olga.id, olga.id, ALL), Acting(ivan.id, ivan.id, ALL)
    yesterday, remembered = START - timedelta(days=1), Remembered(dear=4)
    for _ in range(3):
        await a_sale(session, 100, yesterday)
    assert (await look(session, mine, remembered)).bars == {"EUR": [0, 0, 0, 0, 0, 300, 0]}
    await a_sale(session, 100, yesterday)
    assert (await look(session, mine, remembered)).bars["EUR"][5] == 400, "what costs little is never old"

    await a_sale(session, 100, yesterday)
    await look(session, mine, remembered)
    await a_sale(session, 100, yesterday)
    await a_sale(session, 5, START)

    assert (await look(session, mine, remembered)).bars == {"EUR": [0, 0, 0, 0, 0, 500, 5]}
    assert (await look(session, his, remembered)).bars == {}, "what was remembered is another seller's"
    assert (await look(session, mine, remembered, span=Span.MONTH)).bars["EUR"][-2:] == [600, 5]
    later = await look(session, mine, remembered, now=START + curve.KEPT)
    assert later.bars == {"EUR": [0, 0, 0, 0, 0, 600, 5]}


def test_what_is_remembered_is_bounded() -> None:
    remembered = Remembered()
    dear = ((0, figures.Sales("EUR", curve.DEAR + 1, 1, 0)),)
    for number in range(curve.MOST + 5):
        remembered.put(number, dear, START)

    kept = [number for number in range(curve.MOST + 5) if remembered.get(number, START) is not None]
    assert kept == list(range(5, curve.MOST + 5))
