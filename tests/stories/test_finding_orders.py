"""Orders are found by their number, by who ordered and by who receives; and Back leads to the page one came from."""

import pytest
from sqlalchemy import select

from db.models import Order, User
from db.phones import is_phone, phone_end
from shop.orders import searching
from shop.policy import Policy
from tests.shop.buying import place
from tests.stories.test_an_order import bought, opened
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, user
from tests.world.shop import OpenShop

BUSY = Policy(max_unpaid_orders=1000, max_held_units=1000, max_held_lines=1000)


async def many(shop: OpenShop, *, ann: int = 0, bob: int = 0, to: str = "") -> None:
    """So many open orders of tea that Olga sells; `to`: who receives those of Bob."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", stock=500)
        for who, count in ((ANN, ann), (BOB, bob)):
            buyer = await user(session, who)
            for _ in range(count):
                order = await place(session, buyer, tea, method="cash", policy=BUSY)
                order.address = {"country_code": "DE", "name": to if who is BOB else "Ann"}
    await shop.olga.says("/start")


async def test_a_seller_finds_an_order_by_number_and_by_name(shop: OpenShop) -> None:
    await many(shop, ann=2, bob=1, to="Zoë Åkesson")

    for said in ("/orders 3", "/orders #3", "/order 3", "#3"):
        await shop.olga.says(said)
        assert shop.olga.newest.startswith("🧾 Order 3 · Bob"), said
    for said in ("/orders Bob", "/orders bo", "/orders @BOB", "/orders åkes", "/orders zoe akesson", "/orders kess"):
        await shop.olga.says(said)
        assert [label for label in shop.olga.keyboard if "€" in label] == ["⏳ 3 · €4.50 · Bob"], said
    await shop.olga.says("/orders ann")
    assert len([label for label in shop.olga.keyboard if "Ann" in label]) == 2
    await shop.olga.says("/orders Nobody")
    assert "There are none." in shop.olga.newest
    assert "/orders 1042" in shop.olga.newest  # how it is done


@pytest.mark.parametrize(
    "kept", ["+49 30 1234567", "0049301234567", "(030) 123-45-67", "+49 (0)30 / 123 45 67", "٠٣٠١٢٣٤٥٦٧"]
)
@pytest.mark.parametrize("typed", ["+49 30 1234567", "030 1234567", "0049301234567", "(030) 123-45-67", "34567"])
def test_a_phone_number_is_known_however_it_is_written(kept: str, typed: str) -> None:
    end, known = phone_end(typed), phone_end(kept)
    assert is_phone(typed)
    assert end
    assert (known or "").startswith(end)


@pytest.mark.parametrize("text", ["1042", "Ann 34567", "@34567", "", "+-()"])
def test_what_is_no_phone_number(text: str) -> None:
    assert not is_phone(text)


async def test_a_seller_finds_an_order_by_phone_by_goods_and_by_sku(shop: OpenShop) -> None:
    await many(shop, ann=1, bob=1)
    async with shop.db.begin() as session:
        scarf = await a_product(session, "Long scarf", sku="SC-1", stock=5, seller=IVAN)
        mug = await a_product(session, "Mug", sku="MUG-7", stock=5)
        ann = await user(session, ANN)
        for product, phone in ((scarf, "+49 171 2345678"), (mug, "0171 2345678"), (mug, "12345")):
            order = await place(session, ann, product, method="cash", policy=BUSY)
            order.address = {"country_code": "DE", "name": "Ann", "phone_number": phone}
    olga = shop.olga
    await olga.says("/orders")
    await olga.taps("🔍 Find")
    await olga.says("+49 (171) 234-56-78")
    assert [label for label in olga.keyboard if "€" in label] == ["⏳ 4 · €4.50 · Ann"]  # not the one of Ivan's
    for said, numbers in {"mug-7": "54", "ann mug": "54", "mug": "54", "345678": "4", "12345": "5", "SC-1": ""}.items():
        await olga.taps("🔍 Find")
        await olga.says(said)
        assert "".join(label.split()[1] for label in olga.keyboard if "€" in label) == numbers, said
    async with shop.db.begin() as session:
        seller = await user(session, OLGA)
        first = await searching.find_for_owner(session, seller, "mug-7", limit=1)
        assert ([order.id for order in first.orders], first.further) == ([5], 5)
        rest = await searching.find_for_owner(session, seller, "mug-7", before=5, limit=1)
        assert ([order.id for order in rest.orders], rest.further) == ([4], None)


async def test_a_number_alone_offers_the_order_beside_the_search(shop: OpenShop) -> None:
    await many(shop, ann=1)

    await shop.olga.says("1")
    assert shop.olga.keyboard[0] == "🧾 Order 1"
    assert "send it" not in shop.olga.text  # there is no key for that beside an order
    await shop.olga.taps("🧾 Order 1")
    assert shop.olga.text.startswith("🧾 Order 1 · Ann")

    await shop.ann.says("1")
    await shop.ann.taps("📦 Order 1")
    assert shop.ann.text.startswith("📦 Order 1 · Olga")
    for said in ("1", "#1", "/order 1", "/orders 1"):
        await shop.eve.says(said)
        assert not shop.eve.sees("Order 1 ·")
        assert "Order 1" not in " ".join(shop.eve.keyboard)


async def test_a_customer_opens_an_order_by_its_number(shop: OpenShop) -> None:
    await many(shop, ann=1)
    for said in ("/order 1", "/order #1", "#1"):
        await shop.ann.says(said)
        assert shop.ann.newest.startswith("📦 Order 1 · Olga"), said
    await shop.ann.says("/order 99")
    assert "There is no order 99 here." in shop.ann.newest
    assert shop.ann.keyboard == ["📦 My orders", "🏠 Home"]
    await shop.ann.says("/order")
    assert "Your orders" in shop.ann.newest


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"not paid": "Not paid", "to ship": "To do", "Paid": "To do", "shipped": "On the way", "DONE": "Compl"}),
        ("de", {"zu versenden": "Zu erledigen", "bezahlt": "Zu erledigen", "unterwegs": "Unterwegs", "paid": "Zu erl"}),
        ("ru", {"к отправке": "К выполнению", "в пути": "В пути", "отменены": "Отмен"}),
    ],
)
async def test_a_status_is_typed_in_ones_own_language(shop: OpenShop, language: str, words: dict[str, str]) -> None:
    await shop.olga.says("/start")
    async with shop.db.begin() as session:
        (await session.scalars(select(User).where(User.telegram_id == OLGA.telegram_id))).one().language = language
    await shop.reopen()
    for said, tab in words.items():
        await shop.olga.says(f"/orders {said}")
        assert tab in shop.olga.newest, said


async def test_operators_find_everybodys_orders_and_read_whose_they_are(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        scarf = await a_product(session, "Scarf", stock=5, seller=IVAN)
        await place(session, await user(session, ANN), scarf, method="cash")
    for guest in (shop.oscar, shop.olga):
        await guest.says("/start")
    for said in ("/orders", "/orders Ann"):
        await shop.oscar.says(said)
        assert "⏳ 1 · €4.50 · Ivan ← Ann" in shop.oscar.keyboard
    await shop.olga.says("/orders Ann")
    assert not any("Ann" in label for label in shop.olga.keyboard)
    await shop.olga.says("/orders @ann")
    assert not any("Ann" in label for label in shop.olga.keyboard)


async def test_a_long_past_is_looked_through_a_part_at_a_time(shop: OpenShop) -> None:
    await many(shop, bob=1)
    await many(shop, ann=searching.WINDOWS + 2)
    async with shop.db.begin() as session:
        olga = await user(session, OLGA)
        first = await searching.find_for_owner(session, olga, "bob", window=1)
        assert (list(first.orders), first.further) == ([], 4)
        second = await searching.find_for_owner(session, olga, "bob", before=first.further, window=1)
        assert [order.id for order in second.orders] == [1]
        exact = await searching.find_for_owner(session, olga, "@bob", window=1)  # however long ago it was
        assert [order.id for order in exact.orders] == [1]


async def test_back_leads_to_the_page_one_came_from(shop: OpenShop) -> None:
    await many(shop, ann=20)
    for guest, command in ((shop.olga, "/orders"), (shop.olga, "/orders not paid"), (shop.ann, "/myorders")):
        await guest.says(command)
        first = guest.keyboard
        await guest.taps("Next »")
        second = guest.keyboard
        await guest.taps("⏳ 10", "‹ Back")
        assert guest.keyboard == second
        await guest.taps("Next »", "« Previous")
        assert guest.keyboard == second
        await guest.taps("« Previous")
        assert [label for label in guest.keyboard if "€" in label] == [label for label in first if "€" in label]


async def test_my_orders_say_when_and_what(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.ann.says("/myorders")
    async with shop.db.read() as session:
        order = await session.get_one(Order, 1)
    assert order.created_at.date() == START.date()
    assert shop.ann.keyboard[0] == "✅ 1 · Mar 2 · Green tea · €9.40 · Being prepared"
