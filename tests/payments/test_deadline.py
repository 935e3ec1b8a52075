"""A hold has an end that was fixed when the order was placed: changing the way to pay moves it once, not for ever."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from app.demo.buying import asking
from db.models import Order, PaymentAttempt
from db.session import Database
from payments.by_hand import ByHand
from shop.payments import deadline
from shop.payments.attempts import open_payment
from shop.payments.requests import Asking
from shop.policy import Policy
from shop.ports import Provider
from shop.refusals import TooLateToSwitch, TooManyAttempts
from tests.shop.buying import place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, user

DAYS = timedelta(days=3)
CASH, TRANSFER = ByHand("cash", "", hold=DAYS), ByHand("transfer", "", hold=DAYS)
PROVIDERS: dict[str, Provider] = {"cash": CASH, "transfer": TRANSFER}


class Page(ByHand):
    """As a page behaves here: its whole time is needed from the moment it is opened."""

    by_hand = False


async def _placed(database: Database) -> tuple[int, Asking]:
    async with database.begin() as session:
        ann = await user(session, ANN)
        order = await place(session, ann, await a_product(session), method="cash")
        order.address = {"country_code": "DE"}
        return order.id, asking(ann.id, ANN.telegram_id)


async def test_changing_back_and_forth_never_moves_the_deadline_again(database: Database, clock: ManualClock) -> None:
    order_id, asking = await _placed(database)
    for number in range(6):
        method = ("cash", "transfer")[number % 2]
        await open_payment(database, PROVIDERS, method, order_id, asking, policy=Policy(), clock=clock)
        async with database.read() as session:
            until = await session.scalar(select(Order.expires_at).where(Order.id == order_id))
        assert until == START + DAYS
        clock.pass_by(hours=11)


async def test_an_order_is_opened_for_payment_so_often_and_no_more(database: Database, clock: ManualClock) -> None:
    order_id, asking = await _placed(database)
    for number in range(deadline.MOST_ATTEMPTS):
        method = ("cash", "transfer")[number % 2]
        await open_payment(database, PROVIDERS, method, order_id, asking, policy=Policy(), clock=clock)
    with pytest.raises(TooManyAttempts):
        await open_payment(database, PROVIDERS, "cash", order_id, asking, policy=Policy(), clock=clock)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(PaymentAttempt)) == deadline.MOST_ATTEMPTS
    await open_payment(database, PROVIDERS, "transfer", order_id, asking, policy=Policy(), clock=clock)  # is still open


def test_a_page_needs_its_whole_time_before_the_end_and_by_hand_what_is_left() -> None:
    order = Order(id=1, created_at=START)
    policy = replace(Policy(), longest_hold=timedelta(hours=2))
    page = Page("page", "", hold=timedelta(minutes=36))
    early, late = START + timedelta(minutes=80), START + timedelta(minutes=90)
    assert deadline.hold_until(order, page, policy=policy, now=early) == early + page.hold
    with pytest.raises(TooLateToSwitch):
        deadline.hold_until(order, page, policy=policy, now=late)
    assert deadline.hold_until(order, CASH, policy=policy, now=late) == START + timedelta(hours=2)
