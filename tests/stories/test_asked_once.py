"""What cannot be undone is asked once, and only the key of that very question, about what it showed, is a yes."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.screens.buying.checkout.buttons import RefundAll, RefundPart
from bot.screens.buying.orders.buttons import CancelOrder
from bot.screens.selling.orders.buttons import CancelSale, CompleteAnyway
from db.models import Order, OrderStatus, Payment
from tests.payments.tea import sell_tea, to_checkout
from tests.stories.test_an_order import BERLIN, bought, opened, placed
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def standing(shop: OpenShop) -> tuple[OrderStatus, int, int]:
    """The status of order 1, what came for it and what went back."""
    async with shop.db.read() as session:
        order = (await session.scalars(select(Order))).one()
        money = await session.scalar(select(Payment))
        return order.status, *((money.amount, money.refunded_amount) if money is not None else (0, 0))


async def sold(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)


async def by_cash(shop: OpenShop) -> None:
    """Ann pays in cash, some day."""
    await sell_tea(shop)
    await shop.olga.says("/start")
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Post")
    await shop.tick()
    await shop.olga.taps("Accept")


@pytest.mark.parametrize(
    "command", ["/refund 1", "/refund 1 2.50", "/refund 1 restock", "/cancel 1 broken", "/complete 1"]
)
async def test_a_command_shows_what_would_happen_and_does_nothing(shop: OpenShop, command: str) -> None:
    await sold(shop)

    await shop.olga.says(command)

    assert "order 1" in shop.olga.text
    assert "Ann" in shop.olga.text
    assert "?" in shop.olga.text
    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 0)


@pytest.mark.parametrize(
    "yes",
    [RefundAll(1, restock=False, sure=True), RefundPart(1, 250), CancelSale(1, sure=True), CompleteAnyway(1)],
)
async def test_a_yes_to_nothing_asks_instead(
    shop: OpenShop, yes: RefundAll | RefundPart | CancelSale | CompleteAnyway
) -> None:
    await sold(shop)

    await shop.olga.forges(yes.pack())

    assert "?" in shop.olga.text
    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 0)
    assert shop.olga.chat.toasts[-1].text == "Nothing was done: please look at this once more."


def the_yes(labels: Sequence[str]) -> str:
    """The key that does it; above it a refund has a switch."""
    return next(label for label in labels if not label.startswith("▫️"))


@pytest.mark.parametrize("command", ["/refund 1", "/refund 1 2.50", "/cancel 1 broken", "/complete 1"])
async def test_the_key_of_an_older_question_is_no_yes(shop: OpenShop, command: str) -> None:
    await sold(shop)
    await shop.olga.says(command)
    older = shop.olga.screen
    await shop.olga.says(command)
    yes = the_yes(shop.olga.keyboard)

    await shop.olga.taps(yes, on=older)
    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 0)

    await shop.olga.taps(the_yes(older.labels), on=older)  # there it was asked anew
    assert await standing(shop) != (OrderStatus.PROCESSING, 940, 0)
    await shop.keeps_its_promises()


async def test_money_that_moved_meanwhile_is_shown_and_asked_about_anew(shop: OpenShop) -> None:
    await sold(shop)
    await shop.olga.says("/refund 1")
    await shop.oscar.says("/refund 1 2.50")
    await shop.oscar.taps("💸 Give")

    await shop.olga.taps("💸 Give €9.40 back")

    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 250)
    await shop.olga.taps("💸 Give €6.90 back")
    assert await standing(shop) == (OrderStatus.CANCELLED, 940, 940)


async def test_a_second_tap_gives_no_second_part(shop: OpenShop) -> None:
    await sold(shop)
    await shop.olga.says("/refund 1 2.50")
    yes = shop.olga.callback_data("💸 Give")

    await shop.olga.forges(yes)
    await shop.olga.forges(yes)

    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 250)


async def test_an_order_that_was_paid_while_the_reason_was_written_is_asked_about_anew(shop: OpenShop) -> None:
    await opened(shop)
    await placed(shop)
    await shop.olga.says("/cancel 1")
    assert "no money goes back" in shop.olga.text
    await shop.ann.pays(option="post", address=BERLIN)

    await shop.olga.says("Broken")

    assert await standing(shop) == (OrderStatus.PROCESSING, 940, 0)
    assert "€9.40 goes back to Ann" in shop.olga.text
    assert "The customer reads: Broken" in shop.olga.text
    await shop.olga.taps("Cancel, €9.40 back")
    assert await standing(shop) == (OrderStatus.CANCELLED, 940, 940)


async def test_cash_that_did_not_come_is_asked_about_and_can_come_later(shop: OpenShop) -> None:
    await by_cash(shop)

    await shop.olga.says("/complete 1")
    assert "It is not paid yet: €9.40, 💶 Cash on delivery. Did the money come?" in shop.olga.text
    await shop.olga.taps("Complete, not paid yet")
    assert (await standing(shop))[:2] == (OrderStatus.COMPLETED, 0)

    await shop.olga.taps("The money came")
    assert await standing(shop) == (OrderStatus.COMPLETED, 940, 0)
    await shop.keeps_its_promises()


async def test_cash_that_came_is_booked_with_completing(shop: OpenShop) -> None:
    await by_cash(shop)

    await shop.olga.says("/complete 1")
    await shop.olga.taps("€9.40 came, complete")

    assert await standing(shop) == (OrderStatus.COMPLETED, 940, 0)
    await shop.keeps_its_promises()


async def test_what_was_sent_and_paid_is_completed_at_once(shop: OpenShop) -> None:
    await sold(shop)
    await shop.olga.says("/ship 1 LX1")

    await shop.olga.says("/complete 1")

    assert (await standing(shop))[0] is OrderStatus.COMPLETED


async def test_a_customer_cancels_by_the_key_of_the_question_alone(shop: OpenShop) -> None:
    await opened(shop)
    await placed(shop)

    await shop.ann.forges(CancelOrder(1, card=True, sure=True).pack())
    assert (await standing(shop))[0] is OrderStatus.PENDING
    assert "€4.50, not paid" in shop.ann.text

    await shop.ann.taps("Cancel the order")
    assert (await standing(shop))[0] is OrderStatus.CANCELLED
    await shop.ann.forges(CancelOrder(1, card=True, sure=True).pack())
    assert "Cancelled" in shop.ann.text


async def test_a_cart_that_changed_is_not_emptied_by_an_old_yes(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.says("/cart")
    await shop.ann.taps("Empty it")
    asked = shop.ann.screen
    yes = shop.ann.keyboard[0]
    await shop.ann.says("/cart")

    await shop.ann.taps(yes, on=asked)

    await shop.ann.says("/cart")
    assert "Green tea" in shop.ann.text
