"""A seller looks how a stock came to be, what runs low, and says at how many left they want to be told."""

import pytest
from sqlalchemy import select

from bot.screens.selling.products.buttons import OpenHistory
from db.models import Notification
from db.session import Database
from shop.products.restock import restock
from tests.bot.conftest import Meet
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA, user

pytestmark = pytest.mark.one_database


async def test_every_movement_is_told_in_words_with_the_stock_after_it(meet: Meet, database: Database) -> None:
    """Fails when a page of older or newer movements forgets what came between."""
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", stock=5)
        for _ in range(11):
            await restock(session, await user(session, OLGA), "TEA", "+20", now=START)
        await restock(session, await user(session, OLGA), "TEA", "=200", now=START)
        order = await place(session, await user(session, ANN), tea, 2)
        await pay(session, order)
    olga = meet(OLGA)
    await olga.says("/products")
    await olga.taps("Sencha", "Stock history")
    first = olga.text
    assert first.splitlines()[2:4] == [
        f"−2 sold · order {order.id} · Mar 2, 2026, 09:00 → 198",
        "−25 corrected · by Olga · Mar 2, 2026, 09:00 → 200",
    ]
    await olga.taps("Next »")
    assert olga.text.splitlines()[-1] == "+5 received · Mar 2, 2026, 09:00 → 5"
    assert olga.text.splitlines()[2].endswith("→ 65")
    await olga.taps("« Previous")
    assert olga.text == first

    ivan = meet(IVAN)
    await ivan.says("/start")
    await ivan.forges(OpenHistory(tea.id).pack())
    assert "received" not in ivan.text


async def test_what_is_low_is_listed_with_the_least_first_and_told_at_its_mark(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", stock=6)
        await a_product(session, "Mug", stock=0)
        await a_product(session, "Pot", stock=9)
        await a_product(session, "Ivan’s cup", stock=0, seller=IVAN)
        scarf, _ = await a_product_with_variants(session, "Scarf", stock=3)
        scarf.sku = "SCARF"
    olga = meet(OLGA)
    await olga.says("/lowstock TEA 5")
    assert "told when 5 are left" in olga.text
    await olga.says("/lowstock TEA many")
    assert "“many”" in olga.text
    await olga.says("/lowstock SCARF 3")
    await olga.says("/products low")
    left = [label for label in olga.keyboard if " · " in label]
    scarves = [f"Scarf · {label} · 3" for label in ("Blue / Small", "Blue / Large", "Red / Small")]
    assert left == ["Mug · sold out", *scarves]
    async with database.begin() as session:
        await place(session, await user(session, ANN), tea, 1)
        told = select(Notification.data).where(Notification.kind == "low_stock")
        assert list(await session.scalars(told)) == [{"product_id": tea.id, "left": 5}]
    await olga.says("/lowstock TEA off")
    await olga.says("/products low")
    assert not [label for label in olga.keyboard if "Sencha" in label]
