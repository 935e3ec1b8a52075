"""Olga sees to her people at the desk: Ann's stars are answered and hidden, and Ann is served no more, and again."""

import pytest
from playwright.async_api import expect

from db.models import Order, Product, Review
from tests.stories.test_an_order import bought
from tests.stories.test_desk_products import at_the_desk
from tests.world.clock import ManualClock
from tests.world.eyes import trouble

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


async def test_she_answers_hides_and_bans_and_ann_hears_of_it(database_url: str, clock: ManualClock) -> None:
    async with at_the_desk(database_url, clock) as (shop, page):
        await bought(shop)
        async with shop.db.begin() as session:
            order = await session.get_one(Order, 1)
            about = {"product_id": 1, "user_id": order.user_id, "order_id": 1, "owner_id": order.owner_id}
            now = shop.clock.now()
            tea = await session.get_one(Product, 1)
            tea.rating_sum, tea.rating_count = 2, 1
            session.add(Review(rating=2, comment="Mostly dust", created_at=now, updated_at=now, **about))
        desk = shop.config.desk.url or ""
        await page.get_by_role("link", name="Reviews", exact=True).click()
        await page.get_by_role("link", name="Mostly dust").click()
        await page.get_by_label("Your answer").fill("The next one is on us.")
        await page.get_by_role("button", name="Answer", exact=True).click()
        await expect(page.get_by_text("Answered.")).to_be_visible()
        await shop.tick()
        assert shop.ann.sees("The next one is on us.")
        await page.get_by_label("Hide it, because").fill("Not about the tea")
        await page.get_by_role("button", name="Hide", exact=True).click()
        await expect(page.get_by_text("It is hidden: Not about the tea")).to_be_visible()
        await shop.tick()
        assert shop.ann.sees("Not about the tea")
        await page.get_by_role("button", name="Show it again").click()
        await expect(page.get_by_text("Everybody reads it again.")).to_be_visible()

        await page.get_by_role("link", name="Ann", exact=True).click()
        await expect(page.get_by_text("1 order", exact=False).first).to_be_visible()
        await page.get_by_label("To keep in mind").fill("Prefers leaves")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("link", name="Take no more orders").click()
        await expect(page.get_by_text("1 order that is open goes on")).to_be_visible()
        await page.get_by_role("button", name="Yes, no more orders").click()
        await expect(page.get_by_text("Ann cannot order or write any more.")).to_be_visible()
        await shop.ann.says("Green tea")
        await shop.ann.taps("Green tea", "Add to cart")
        assert "does not take orders" in shop.ann.toast
        await page.get_by_role("link", name="Take orders again").click()
        await page.get_by_role("button", name="Take orders again").click()
        await expect(page.get_by_text("Ann can order again.")).to_be_visible()
        ann = f"/customers/{order.user_id}"
        paths = ("/customers", ann, f"{ann}/serving", "/reviews", "/reviews/1")
        assert await trouble(page, [desk + path for path in paths]) == []
