"""What was sold: a chart and its figures, beside the time before, for those who may see the money."""

from datetime import UTC, date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.screens.selling.sales.buttons import ListBest
from bot.screens.selling.sales.chart import Chart, draw
from db.models import StaffMember
from shop.figures import Cut, Period, Span, period_of, read_period
from tests.world.clock import START
from tests.world.goods import a_category, a_product
from tests.world.people import BOB, OLGA, user
from tests.world.shop import OpenShop

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_period_is_cut_where_the_shop_is() -> None:
    spring = Period(date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 28))
    assert spring.cut is Cut.HOURS
    assert len(spring.borders(BERLIN)) == 24  # 23 hours and the end
    year = period_of(Span.YEAR, datetime(2026, 11, 28, 23, 30, tzinfo=UTC), BERLIN)
    assert (year.first, year.end) == (date(2025, 11, 1), date(2026, 11, 30))
    assert len(year.borders(BERLIN)) == 14
    week = period_of(Span.WEEK, datetime(2026, 3, 29, 12, tzinfo=UTC), BERLIN)
    assert week.borders(BERLIN)[-2:] == [datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)]


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13", "2026-02-30", "2026-10-05 2026-10-01", "0001-01", "2020-01 2026-01"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_period(text) is None


def test_a_month_is_compared_with_the_month_before() -> None:
    assert read_period("2026-03") == Period(date(2026, 3, 1), date(2026, 4, 1), date(2026, 2, 1))
    days = read_period("2026-10-01–2026-10-15")
    assert days == Period(date(2026, 10, 1), date(2026, 10, 16), date(2026, 9, 16))


async def test_a_chart_is_a_picture_whatever_its_title_says() -> None:
    for bars in ([0.0], [0.0, -3.0, 12.5], [1.0] * 62):
        png = await draw(Chart("7 дней · $ {x}", [str(n) for n in range(len(bars))], bars))
        assert png.startswith(b"\x89PNG")
        assert len(png) < 200_000


async def test_a_chart_is_drawn_on_the_ground_that_was_chosen() -> None:
    for dark, ground in ((False, (255, 255, 255)), (True, (23, 33, 43))):
        png = await draw(Chart("May", ["1", "2"], [1.0, 2.0]), dark=dark)
        assert Image.open(BytesIO(png)).convert("RGB").getpixel((2, 2)) == ground


async def _chooses_a_dark_ground(shop: OpenShop) -> None:
    """It is kept for her alone, through a restart."""
    figures = shop.olga.screen.message_id
    await shop.olga.taps("🌙 Dark")
    assert shop.olga.screen.message_id == figures
    assert "• 7 days" in shop.olga.keyboard
    await shop.reopen()
    await shop.olga.says("/sales")
    assert "☀️ Light" in shop.olga.keyboard
    await shop.oscar.says("/sales")
    assert "🌙 Dark" in shop.oscar.keyboard
    await shop.olga.taps("☀️ Light")
    assert "🌙 Dark" in shop.olga.keyboard


async def test_a_seller_asks_how_business_goes(shop: OpenShop) -> None:
    olga, ann, bob, ivan, oscar = shop.olga, shop.ann, shop.bob, shop.ivan, shop.oscar
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="TEA", stock=9, category=await a_category(session, "Tea"))
    for guest in (olga, bob, ivan, oscar, ann):
        await guest.says("/start")
    await olga.says("/sales")
    assert "Nothing was paid" in olga.newest

    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")
    assert (await ann.pays()).state == "paid"
    await shop.tick()
    for seller in (olga, oscar):
        await seller.says("/sales today")
        assert "after refunds" in seller.newest
        assert "Orders: 1 (before: 0)" in seller.newest
        assert "1 × Green tea" in seller.newest
        assert "in a cart 1 → paid 1" in seller.newest
        assert "Customers: 1 new, 0 returning" in seller.newest
        assert "Goods in stock: €" in seller.newest
    figures = olga.screen.message_id
    uploads = len(shop.simulator.calls("sendPhoto"))
    await olga.taps("7 days")
    assert "Orders: 1 (before: 0)" in olga.newest
    assert olga.screen.message_id == figures
    assert len(shop.simulator.calls("sendPhoto")) == uploads
    await ivan.says("/sales")
    assert "Nothing was paid" in ivan.newest

    await _chooses_a_dark_ground(shop)

    day, days = START.date().toordinal(), 1
    await olga.forges(ListBest(day, days).pack(), on=olga.screen)
    assert "1 × Green tea" in olga.newest
    await olga.taps("‹ Back")
    assert "Orders: 1 (before: 0)" in olga.newest
    assert "• Today" in olga.keyboard
    await olga.forges(ListBest(day, 10**6).pack(), on=olga.screen)
    await ann.forges(ListBest(day, days).pack())
    assert "Green tea" not in ann.newest or "Sold most" not in ann.newest

    await shop.passes(days=1)
    await olga.says("/sales today")
    assert "▼ 100 %" in olga.newest
    assert "Orders: 0 (before: 1)" in olga.newest
    await olga.says("/sales yesterday or so")
    assert "/sales 2026-10 shows a month" in olga.newest

    async with shop.db.begin() as session:
        helper, owner = await user(session, BOB), await user(session, OLGA)
        staff = {"user_id": helper.id, "owner_id": owner.id, "actor": "test", "created_at": START}
        session.add(StaffMember(permissions="orders stock", **staff))
    for guest in (bob, ann):
        await guest.says("/sales")
        assert "I do not know this command" in guest.newest
    await shop.keeps_its_promises()
    assert shop.incidents() == []
