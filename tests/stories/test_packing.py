"""Packing lists: of one order and of all that are to be sent, with what to take and where it goes, and no prices."""

from sqlalchemy import update

from bot.documents.paper import Beside, Table, Text
from bot.screens.selling.orders import packing_views
from bot.words import words_for
from db.models import Product
from shop.orders import packing
from shop.orders.requests import ASKED
from tests.shop.buying import pay, place
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, user
from tests.world.shop import OpenShop

BERLIN = {"country_code": "DE", "name": "Ann <b>", "street_line1": "Teestr. 1", "post_code": "10115", "city": "Berlin"}


async def to_send(shop: OpenShop) -> None:
    """Orders 1 and 3 of Olga's tea are paid, 2 is not, 4 is of Ivan's; Ann wrote a note and wants the third no more."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", sku="TEA-1", stock=50)
        scarf = await a_product(session, "Scarf", stock=5, seller=IVAN)
        for who, product, paid in ((ANN, tea, True), (BOB, tea, False), (ANN, tea, True), (BOB, scarf, True)):
            order = await place(session, await user(session, who), product, 2, method="cash")
            order.address, order.note = BERLIN, "Ring twice" if order.id == 1 else None
            order.cancel_request = ASKED if order.id == 3 else None
            await session.flush()
            if paid:
                await pay(session, order)
    for guest in (shop.olga, shop.oscar):
        await guest.says("/start")


async def test_a_seller_prints_what_is_to_be_sent(shop: OpenShop) -> None:
    await to_send(shop)
    olga = shop.olga
    await olga.says("/orders to do")
    await olga.taps("🖨 Packing lists")
    assert olga.newest == "🖨 2 orders to send, the oldest first"
    await olga.taps("🧾 Orders", "✅ 1", "🖨 Packing list")
    assert olga.newest == "🖨 Packing list of order 1"
    await olga.says("/packing 4")
    assert "There is no order 4 here." in olga.newest
    await olga.says("/complete 1")
    await olga.taps("Complete, not paid")
    await olga.says("/packing")
    assert olga.newest == "🖨 1 order to send"
    await olga.says("/packing 2")
    await olga.taps("🧾 Order 2")
    assert "🖨 Packing list" not in olga.keyboard  # it is not paid


async def test_what_a_list_says_and_how_many_go_into_a_file(shop: OpenShop) -> None:
    await to_send(shop)
    async with shop.db.begin() as session:
        olga = await user(session, OLGA)
        first = await packing.to_pack(session, olga, most=1)
        assert ([one.order.id for one in first.parcels], first.further) == ([1], 1)
        rest = await packing.to_pack(session, olga, after=first.further)
        assert ([one.order.id for one in rest.parcels], rest.further) == ([3], None)
        words = words_for("en")
        page = packing_views.paper(words, first.parcels).pages[0]
        assert Beside("From\nOlga", "To\nAnn <b>\nTeestr. 1\n10115 Berlin\nGermany") in page.blocks
        table = next(block for block in page.blocks if isinstance(block, Table))
        assert list(table.rows) == [("2", "Tea", "TEA-1")]
        assert Text("Ring twice") in page.blocks
        assert "€" not in repr(page)
        stays = packing_views.paper(words, rest.parcels).pages[0]
        assert Text("The customer asks you to cancel it.", strong=True) in stays.blocks
        await session.execute(update(Product).where(Product.sku == "TEA-1").values(weight=600))
        heavy = packing_views.paper(words, (await packing.to_pack(session, olga, most=1)).parcels).pages[0]
        table = next(block for block in heavy.blocks if isinstance(block, Table))
        assert list(table.rows) == [("2", "Tea", "TEA-1", "1.2 kg")]
