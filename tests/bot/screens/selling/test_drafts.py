"""An owner prepares a product as a draft, publishes it, and makes it a draft again."""

import pytest
from sqlalchemy import select

from bot.screens.buying.catalogue.buttons import OpenProduct
from db.models import Product
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.people import ANN, OLGA

pytestmark = pytest.mark.one_database


async def test_a_draft_is_prepared_published_and_made_a_draft_again(meet: Meet, database: Database) -> None:
    olga, ann = meet(OLGA), meet(ANN)
    await olga.says("/addproduct")
    await olga.taps("Skip")
    await olga.says("Sencha")
    await olga.taps("Skip")
    for answer in ("4.50", "12", "Green and fresh."):
        await olga.says(answer)
    await olga.taps("Something to send", "Skip", "Keep as draft")
    assert "No customer sees it" in olga.text
    assert "A draft: customers neither see nor buy it" in olga.text
    async with database.read() as session:
        sencha = (await session.scalars(select(Product.id))).one()

    await ann.says("sencha")
    assert not any("Sencha" in label for label in ann.keyboard)
    await ann.forges(OpenProduct(sencha).pack())
    assert "4.50" not in ann.text
    await olga.says("/products")
    assert any("Sencha · 📝 draft" in label for label in olga.keyboard)

    await olga.taps("Sencha", "Publish")
    assert "it is on sale" in olga.text
    await ann.says("sencha")
    assert "4.50" in ann.text or any("Sencha" in label for label in ann.keyboard)

    await olga.taps("Unpublish")
    assert "A draft now" in olga.text
    await ann.forges(OpenProduct(sencha).pack())
    assert "4.50" not in ann.text

    await olga.says("/publish sencha")
    assert "it is on sale" in olga.text
    await olga.says("/unpublish SENCHA")
    await olga.says("/archive SENCHA")
    assert "Not on sale" in olga.text
