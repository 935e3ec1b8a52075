"""A link opens the thing itself, also for who comes for the first time; its QR code is a picture."""

import pytest

from bot.screens.selling.products.buttons import OpenLink
from db.models import Product
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.clock import START
from tests.world.goods import a_category, a_product
from tests.world.people import ANN, IVAN, OLGA, Someone

pytestmark = pytest.mark.one_database

NEW = Someone(2001, "Nora", "nora")


async def test_a_seller_gets_a_link_and_a_picture_that_lead_a_first_time_visitor_to_the_thing_itself(
    meet: Meet, database: Database
) -> None:
    async with database.begin() as session:
        shelf = await a_category(session, "Green", inside=await a_category(session, "Tea"))
        tea = await a_product(session, "Sencha", sku="TEA", category=shelf)
    olga, nora = meet(OLGA), meet(NEW)
    await olga.says("/products")
    await olga.taps("Sencha", "Link")
    assert "Sencha" in olga.text
    assert f"?start=p_{tea.id}" in olga.text
    assert olga.screen.photo
    assert olga.keyboard[:2] == ["📋 Copy the link", "↗️ Share"]
    await nora.says(f"/start p_{tea.id}")
    assert "Sencha" in nora.text
    assert "↗️ Share" in nora.keyboard

    await olga.says("/link tea / green")
    assert f"?start=c_{shelf.id}" in olga.text
    await nora.says(f"/start c_{shelf.id}")
    assert any("Sencha" in label for label in nora.keyboard)


async def test_a_link_to_what_is_gone_says_so_and_leads_on(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA")
        (await session.get_one(Product, tea.id)).archived_at = START
    ann, ivan = meet(ANN), meet(IVAN)
    await ann.says(f"/start p_{tea.id}")
    assert "Sencha is not for sale any more." in ann.newest
    for argument in ("p_4711", "c_4711", "c_x"):
        await ann.says(f"/start {argument}")
        assert "This is not here any more." in ann.newest
    await ivan.says("/start")
    await ivan.forges(OpenLink(tea.id).pack())
    assert "?start" not in ivan.newest
