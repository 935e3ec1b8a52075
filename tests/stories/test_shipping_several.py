"""Several orders on their way in one message: what happens is shown first, and one bad line loses nothing."""

import pytest
from sqlalchemy import func, select

from bot.screens.selling.orders.buttons import ShipThem
from db.models import Notification, Order, OrderStatus
from shop import orders
from shop.orders.shipping import MOST, Line, read_lines
from tests.shop.buying import pay, place
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, user
from tests.world.shop import OpenShop

LINES = """1 DHL 00340
#2: UPS 1Z9
2
4 X
7
hello
3
1 again"""


async def to_send(shop: OpenShop) -> None:
    """1, 2 and 5 of Olga's tea are paid, 3 is not, 4 is of Ivan's."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", stock=50)
        scarf = await a_product(session, "Scarf", stock=5, seller=IVAN)
        for who, product, paid in ((ANN, tea, 1), (BOB, tea, 1), (BOB, tea, 0), (ANN, scarf, 1), (ANN, tea, 1)):
            order = await place(session, await user(session, who), product, method="cash")
            if paid:
                await pay(session, order)
    await shop.olga.says("/start")


async def standing(shop: OpenShop) -> dict[int, tuple[str, str | None]]:
    async with shop.db.read() as session:
        rows = await session.execute(select(Order.id, Order.status, Order.tracking).order_by(Order.id))
        return {number: (status.value, tracking) for number, status, tracking in rows}


@pytest.mark.parametrize(
    ("text", "order_id", "tracking"),
    [
        ("1042", 1042, ""),
        (" #1042:  DHL  0034 0 ", 1042, "DHL 0034 0"),
        ("1042, LX1", 1042, "LX1"),
        ("٤٢ X", 42, "X"),
        ("hello 5", None, "5"),
        ("9" * 30, None, ""),
        ("1 " + "x" * 500, 1, "x" * 128),
    ],
)
def test_a_line_is_read(text: str, order_id: int | None, tracking: str) -> None:
    line = read_lines(f"\n{text}\n\n")[0]
    assert (line.order_id, line.tracking) == (order_id, tracking)
    assert isinstance(line, Line)


async def test_a_seller_ships_several_and_bad_lines_lose_nothing(shop: OpenShop) -> None:
    await to_send(shop)
    olga = shop.olga
    await olga.says("/orders to do")
    await olga.taps("🚚 Ship several")
    assert "Write a line for each order" in olga.text
    await olga.says(LINES)
    for line in (
        "✓ 1 · Ann · DHL 00340",
        "✓ 2 · Bob · UPS 1Z9",
        "✕ 2: it stands on an earlier line.",
        "✕ There is no order 4 here.",
        "✕ There is no order 7 here.",
        "✕ “hello”: no order number.",
        "✕ Order 3 still waits for its address",
        "✕ 1: it stands on an earlier line.",
    ):
        assert line in olga.text, line
    assert (await standing(shop))[1] == ("processing", None)  # nothing is done before the yes
    async with shop.db.begin() as session:  # meanwhile somebody else sends the second one, with another number
        await orders.ship(session, await user(session, OLGA), 2, "OTHER", now=shop.clock.now())
        await orders.complete(session, await user(session, OLGA), 2, now=shop.clock.now())
    question = olga.screen
    await olga.taps("🚚 Yes, ship 2 orders")
    assert "1 order is on its way." in olga.text
    assert "Order 2 is already completed." in olga.text
    await olga.forges(ShipThem().pack(), on=question)  # the tap comes again
    assert await standing(shop) == {
        1: ("shipped", "00340"),
        2: ("completed", "OTHER"),
        3: ("pending", None),
        4: ("processing", None),
        5: ("processing", None),
    }
    async with shop.db.read() as session:
        told = select(func.count()).where(
            Notification.kind == "order_shipped", Notification.dedupe_key.like("order:1:%")
        )
        assert await session.scalar(told) == 1
    await olga.says("/ship 1 UPS 2\n5\n3")
    assert "✏️ 1 · Ann: the number becomes UPS 2" in olga.text
    await olga.taps("🚚 Yes, ship 2 orders")
    assert (await standing(shop))[1] == ("shipped", "2")
    assert (await standing(shop))[5] == ("shipped", None)


async def test_a_process_that_died_half_way_goes_on_with_the_same_tap(shop: OpenShop) -> None:
    await to_send(shop)
    await shop.olga.says("/ship 1 A\n2 B")
    async with shop.db.begin() as session:  # what was done when it died: the question is still there
        await orders.ship(session, await user(session, OLGA), 1, "A", now=shop.clock.now())
    await shop.olga.taps("🚚 Yes, ship 2 orders")
    assert "2 orders are on their way." in shop.olga.text
    assert (await standing(shop))[2] == (OrderStatus.SHIPPED.value, "B")


async def test_no_more_lines_than_fit(shop: OpenShop) -> None:
    await to_send(shop)
    await shop.olga.says("/ship 1\n" + "\n".join(str(number) for number in range(100, 100 + MOST)))
    assert f"Only the first {MOST} lines are taken." in shop.olga.text
    await shop.olga.says("nothing\nto read")
    assert "None of them can be sent." in shop.olga.text
