"""A seller makes an offer by keys alone: what it gives, for which goods, how often, until when; and changes it."""

import pytest

from tests.stories.test_exports import workbook
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_a_code_is_made_limited_changed_and_ended_by_keys(shop: OpenShop) -> None:
    olga, ann = shop.olga, shop.ann
    async with shop.db.begin() as session:
        await user(session, OLGA)
        tea_shelf = await a_category(session, "Tea")
        await a_product(session, "Sencha", price=1000, stock=50, category=tea_shelf)
        pot = await a_product(session, "Pot", price=3000, stock=50, category=await a_category(session, "Pots"))
    for guest in (olga, ann):
        await guest.says("/start")
    await olga.says("/promo")
    await olga.taps("New promotion", "A percentage")
    await olga.says("120")
    assert "from 1 to 99" in olga.newest
    await olga.taps("−20 %")
    await olga.says("?")
    assert "3 to 32 letters" in olga.newest
    await olga.says("tea time")
    assert "TEATIME" in olga.newest
    assert "does not run yet" in olga.newest
    await ann.says("/start promo_TEATIME")
    assert "TEATIME is over" in ann.newest, "nobody uses what is not started"

    await olga.taps("For which goods", "Categories", "Tea")
    assert "• 📁 Tea" in olga.text
    await olga.taps("Back", "Products")
    await olga.says("po")
    await olga.taps("Pot")
    assert "• Pot" in olga.text
    await olga.taps("✓ Pot", "Back", "Back", "Limits and days", "In all: no limit", "1", "Each: no limit")
    await olga.says("many")
    assert "whole number" in olga.newest
    await olga.says("1")
    await olga.taps("From: any amount")
    await olga.says("5")
    await olga.taps("First order only", "Ends: never", "In a week", "Back")
    assert "Used: 0 / 1" in olga.newest
    await olga.taps("▶️ Start")
    assert "does not run" not in olga.text

    await ann.says("/start promo_TEATIME")
    await ann.says(f"/start p_{pot.id}")
    await ann.taps("Add to cart", "in the cart")
    assert "not for these goods" in ann.newest
    await ann.taps("🏠 Home", "Catalogue", "Tea", "Sencha", "Add to cart", "in the cart")
    assert "TEATIME: −€2.00" in ann.newest
    await ann.taps("Check out", "here in the chat")
    assert (await ann.pays()).state == "paid"

    await _changes_and_ends(olga)
    await shop.keeps_its_promises()
    assert shop.incidents() == []


async def _changes_and_ends(olga: Guest) -> None:
    await olga.says("/promo")
    assert "TEATIME · −20 % · 1×" in " ".join(olga.keyboard)
    await olga.taps("TEATIME")
    for said in ("Used: 1 / 1", "Discount given: €2.00", "For 1 category or product"):
        assert said in olga.text
    await olga.taps("Limits and days", "In all: 1")
    await olga.says("0")
    assert "from 1 on" in olga.newest
    await olga.taps("No limit", "Back", "⏸ Stop")
    assert "Stopped" in olga.text
    await olga.says("/log")
    assert "stopped or started an offer: TEATIME\nrunning: yes → no" in olga.text
    assert "changed an offer: TEATIME\nlimit in all: 1 → –" in olga.text


async def test_codes_that_count_once_come_as_a_file_in_any_number_and_a_draft_is_thrown_away(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/start")
    async with shop.db.begin() as session:
        await user(session, OLGA)
    await olga.says("/promo")
    await olga.taps("New promotion", "Buy some, get some", "2 + 1", "Many codes that count once")
    assert "Buy 2, get 1" in olga.newest
    await olga.taps("Name")
    await olga.says("Three for two")
    assert "Three for two" in olga.newest
    await olga.taps("Codes that count once", "Another number")
    await olga.says("20001")
    assert "10,000" in olga.newest
    await olga.says("37")
    await olga.says("/promo")
    await olga.taps("Three for two", "Codes that count once")
    assert "37" in olga.newest
    await olga.taps("All of them, as a file")
    await olga.taps("For Excel")
    rows = workbook(olga)
    assert len(rows) == 37
    assert list(rows[0]) == ["code", "link", "used"]
    assert str(rows[0]["link"]).endswith(f"promo_{rows[0]['code']}")
    await olga.says("/promo")
    await olga.taps("Three for two", "Throw away")
    assert "Three for two" not in " ".join(olga.keyboard)
    await shop.keeps_its_promises()
    assert shop.incidents() == []
