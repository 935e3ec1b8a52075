"""How little and how much each way to pay takes, said before anything is ordered."""

from datetime import timedelta

import pytest

from db.models import ProductKind
from payments.sums import stripe_refuses, telegram_refuses
from payments.telegram import TelegramPayments
from shop.payments.bounds import Bounds
from shop.ports import OrderFacts
from tests.world.goods import a_product
from tests.world.shop import OpenShop


def an_order(total: int, currency: str, *, grows: bool = False) -> OrderFacts:
    return OrderFacts(ProductKind.PHYSICAL, currency, total, grows)


@pytest.mark.parametrize(
    ("total", "currency", "bounds"),
    [
        (1, "EUR", Bounds(91, 910_000)),
        (72, "EUR", Bounds(91, 910_000)),
        (73, "EUR", None),  # so close to it, Telegram itself decides
        (1_820_000, "EUR", None),
        (1_820_001, "EUR", Bounds(91, 910_000)),
        (50, "JPY", Bounds(150, 1_500_000)),
        (1, "KPW", None),  # a currency that the table does not know
    ],
)
def test_what_telegram_certainly_refuses_is_known(total: int, currency: str, bounds: Bounds | None) -> None:
    assert telegram_refuses(an_order(total, currency)) == bounds


def test_where_the_address_comes_first_shipping_may_make_it_enough() -> None:
    first = TelegramPayments("1:TEST", hold=timedelta(minutes=15), vat_code=1)
    assert first.refuses(an_order(30, "EUR", grows=True)) is None
    assert first.refuses(an_order(30, "EUR")) is not None
    assert TelegramPayments("1:TEST", hold=timedelta(minutes=15)).refuses(an_order(30, "EUR", grows=True)) is not None


def test_what_stripe_refuses_is_known() -> None:
    assert stripe_refuses(an_order(49, "EUR")) == Bounds(50, 99_999_999)
    assert stripe_refuses(an_order(50, "EUR")) is None
    assert stripe_refuses(an_order(1, "EUR", grows=True)) is None
    assert stripe_refuses(an_order(100_000_000, "EUR", grows=True)) == Bounds(50, 99_999_999)
    assert stripe_refuses(an_order(999, "ISK")) is None


async def test_a_sum_that_is_too_small_is_said_before_the_order(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        stamp = await a_product(session, "Stamp", price=30)
    await shop.ann.says(f"/start p_{stamp.id}")
    await shop.ann.taps("Add to cart", "in the cart", "Check out")

    assert "💳 Card, here in the chat takes about €0.91 to €9,100.00." in shop.ann.text
    assert not any("here in the chat" in label for label in shop.ann.keyboard)
    assert any("secure page" in label for label in shop.ann.keyboard)  # there shipping is part of it
    await shop.bob.says(f"/start p_{stamp.id}")
    await shop.bob.taps("Buy now")
    assert "takes about €0.91" in shop.bob.text
