"""Sellers give money back by a command: asked once it goes once, whatever Telegram repeats."""

import pytest

from shop.payments import refunds
from shop.payments.giving import Wish
from tests.payments.counter import POSTAGE, Counter

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE


async def test_the_same_command_heard_twice_gives_back_once(counter: Counter) -> None:
    """Faults 10 and 17. Guard: the message that asked names the refund, so a part does not become two parts."""
    _, order = await counter.bought()

    first = await counter.refund(order, 300, key="refund:1003:77")
    again = await counter.refund(order, 300, key="refund:1003:77")
    other = await counter.refund(order, 300, key="refund:1003:78")

    assert first == again
    assert first != other
    assert (await counter.money(order)).refunded_amount == 600
    assert sum(one.amount for one in counter.till.refunds.values()) == 600


async def test_a_key_that_begins_alike_is_another_command(counter: Counter) -> None:
    _, order = await counter.bought()
    await counter.refund(order, 300, key="refund:1003:77")

    wish = Wish(order.id, "owner:1", amount=100, key="refund:1003:7")
    await refunds.refund(counter.db, counter.providers, wish, clock=counter.clock, policy=counter.policy)

    assert [row.amount for row in await counter.refunds_of(order)] == [300, 100]
