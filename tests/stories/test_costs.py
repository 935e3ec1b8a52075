"""What every screen costs: statements, and calls of the Bot API, on every database."""

import pytest

from tests.stories.test_an_order import BERLIN
from tests.world.counting import Cost, counted
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop

ANSWER = "answerCallbackQuery"
LOOK = "updated_at >"  # the look for changes on the shelves, once a second whatever the traffic
LOOK_AT_THE_TREE = "SELECT leases.last_run_at"  # the same look: were categories changed?

# What is tapped (a part of the label), said ("/…" or "“…") or paid, and how many statements it may take. Every one of
# them shows one screen. The shelves are kept in memory, so that the second walk along them asks for the cart alone.
BROWSING = [
    ("/start", 1),
    ("Catalogue", 0),
    ("Tea", 0),
    ("Next", 0),
    ("Previous", 0),
    ("Tea 0", 1),
    ("Back", 0),
    ("Tea 1", 1),
    ("Back", 0),
    ("Home", 1),
    ("Search", 1),  # a form that was left open ends
    ("“Tea", 4),
    ("Home", 1),
    ("Help", 0),
    ("Language", 0),
    ("/catalogue", 0),
    ("/cart", 1),
    ("/language", 0),
    ("/help", 0),
]
BUYING = [
    ("/start", 1),
    ("Catalogue", 0),
    ("Tea", 0),
    ("Tea 0", 1),
    ("Add to cart", 8),  # the first time: the cart is made too
    ("+", 5),
    ("−", 5),
    ("in the cart", 1),
    ("+", 5),
    ("Home", 1),
    ("Cart", 1),
    ("Check out", 3),  # the cart, the note, and what credit pays
]
# the receipt takes four of them, and the first of a year two more, for the row of its numbers
PAYING = [("here in the chat", 29), ("pay", 55)]
# an order that is looked at is remembered with its message, and forgotten when that shows something else
AFTERWARDS = [("/myorders", 1), ("Being prepared", 7), ("Back", 2)]
SELLING = [
    ("/start", 3),
    ("Orders to do", 2),
    ("Ann", 11),
    ("Back", 3),
    ("/orders", 2),
    ("/products", 4),
    ("/ratings", 1),
    ("/sales", 10),
]
OPERATING = [("/sellers", 1), ("/orders", 1), ("/products", 5)]


async def cost_of(shop: OpenShop, guest: Guest, step: str) -> Cost:
    """Do it, and say what it took."""
    with counted(shop.db, shop.simulator) as cost:
        if step == "pay":
            await guest.pays(option="post", address=BERLIN)
        elif step[0] in "/“":
            await guest.says(step.removeprefix("“"))
        else:
            await guest.taps(step)
    cost.statements = [
        statement for statement in cost.statements if LOOK not in statement and LOOK_AT_THE_TREE not in statement
    ]
    return cost


async def walk(shop: OpenShop, guest: Guest, steps: list[tuple[str, int]], *, counts: bool = True) -> None:
    """Do all of it; each must cost no more than it may, and show one screen."""
    for step, most in steps:
        cost = await cost_of(shop, guest, step)
        shown = [call for call in cost.calls if call.startswith(("send", "edit"))]
        is_tap = step[0] not in "/“" and step != "pay"
        assert not counts or len(cost.statements) <= most, (step, cost.statements)
        assert len(shown) == (2 if "sendInvoice" in shown else 1), (step, cost.calls)
        assert cost.calls.count(ANSWER) == is_tap, (step, cost.calls)


@pytest.mark.every_database
async def test_every_screen_is_shown_by_one_call_and_takes_no_more_statements_than_it_may(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        for number in range(9):
            picture = "mug-ink.jpg" if number == 1 else None
            await a_product(session, f"Tea {number}", stock=50, category=tea, image_url=picture)
    for guest in (shop.olga, shop.oscar):
        await guest.says("/start")

    await walk(shop, shop.ann, BROWSING, counts=False)  # fills the memory, and uploads the picture
    await walk(shop, shop.ann, BROWSING)
    await walk(shop, shop.ann, BUYING)
    await walk(shop, shop.ann, PAYING)
    await shop.tick()
    await walk(shop, shop.ann, AFTERWARDS)
    await walk(shop, shop.olga, SELLING)
    await walk(shop, shop.oscar, OPERATING)
