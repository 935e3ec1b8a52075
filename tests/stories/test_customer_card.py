"""A seller opens a customer's card: what there was between them, and a note that the customer never sees."""

from sqlalchemy import select

from db.models import AdminEvent
from tests.world.goods import a_category, a_product
from tests.world.people import IVAN, OLGA
from tests.world.shop import OpenShop


async def test_a_seller_sees_what_a_customer_bought_from_them_alone_and_notes_something(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", sku="T", category=tea, stock=9, seller=OLGA)
        await a_product(session, "Black tea", sku="B", category=tea, stock=9, seller=IVAN)
    for guest in (shop.olga, shop.ivan, shop.oscar, shop.eve, shop.ann):
        await guest.says("/start")
    for name in ("Green tea", "Black tea", "Green tea"):
        await shop.ann.says("/start")
        await shop.ann.taps("Catalogue", "Tea", name, "Add to cart", "Cart", "Check out", "here in the chat")
        assert (await shop.ann.pays()).state == "paid"
    await shop.tick()

    await shop.olga.says("/order 1")
    await shop.olga.taps("👤")
    assert "Ann" in shop.olga.text
    assert "2 orders, 2 open" in shop.olga.text
    assert "@ann" not in shop.olga.text
    await shop.olga.says("/refund 1")
    await shop.olga.taps("Give")
    await shop.olga.says("/customer @ann")
    assert "given back" in shop.olga.text
    assert "1 cancelled" in shop.olga.text

    await shop.olga.taps("Note something")
    await shop.olga.says("Rings twice & wants <no> bag")
    assert "Rings twice & wants <no> bag" in shop.olga.text
    await shop.ivan.says("/customer 2")
    assert "1 order" in shop.ivan.text
    assert "Rings twice" not in shop.ivan.text
    await shop.ivan.says("/customer 1")  # an order of Olga's
    assert "I find nobody" in shop.ivan.text
    await shop.ivan.says("/customer @eve")  # has nothing to do with him
    assert "I find nobody" in shop.ivan.text
    await shop.oscar.says("/customer @ann")
    assert "3 orders" in shop.oscar.text
    assert "Over all sellers" in shop.oscar.text

    await shop.olga.says("/customer @ann")
    await shop.olga.taps("No note")
    assert "Rings twice" not in shop.olga.text
    await shop.olga.taps("Take no more orders")
    await shop.olga.taps("Yes, no more orders")
    await shop.olga.says("/customer @ann")
    assert "You take no orders from this person" in shop.olga.text
    await shop.ann.says("/customer 1")
    assert "I do not know this command" in shop.ann.newest
    async with shop.db.read() as session:
        noted = list(await session.scalars(select(AdminEvent.data).where(AdminEvent.action == "customer.noted")))
    assert noted == [{"note": ["", "Rings twice & wants <no> bag"]}, {"note": ["Rings twice & wants <no> bag", ""]}]
    await shop.keeps_its_promises()
    assert shop.incidents() == []
