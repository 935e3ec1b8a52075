"""A seller begins the next product with a copy of one."""

import pytest
from sqlalchemy import select

from bot.screens.selling.products.buttons import DuplicateProduct
from db.models import Product
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.goods import a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA

pytestmark = pytest.mark.one_database


async def test_a_copy_is_a_draft_with_the_same_variants_and_a_double_tap_makes_one(
    meet: Meet, database: Database
) -> None:
    olga, ivan, ann = meet(OLGA), meet(IVAN), meet(ANN)
    async with database.begin() as session:
        scarf, variants = await a_product_with_variants(session, "Scarf")
    await olga.says(f"/duplicate {scarf.sku}")
    assert "Duplicate Scarf?" in olga.text
    key = olga.callback_data("Duplicate")
    for stranger in (ivan, ann):
        await stranger.says("/start")
        await stranger.forges(key)
    await olga.taps("Duplicate")
    assert "This is the copy" in olga.text
    assert f"{scarf.sku}-COPY" in olga.text
    assert "draft" in olga.text.lower()
    await olga.forges(key)
    await olga.forges(DuplicateProduct(scarf.id, 2**60).pack())

    async with database.read() as session:
        copies = list(await session.scalars(select(Product).where(Product.draft).order_by(Product.id)))
    assert len(copies) == 1 + len(variants)
    assert [each.option_label for each in copies[1:]] == [each.option_label for each in variants]
    assert {each.parent_id for each in copies[1:]} == {copies[0].id}
    await ann.says("scarf")
    assert len([label for label in ann.keyboard if "Scarf" in label]) <= 1

    await olga.says(f"/publish {copies[0].sku}")
    assert "it is on sale" in olga.text
    await olga.says(f"/edit {scarf.sku}")
    await olga.taps("Duplicate")
    assert f"{scarf.sku}-COPY-2" in olga.text
    await olga.says("/log products")
    assert "copied a product" in olga.text
