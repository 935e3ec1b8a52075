"""Olga plans at the desk: a category in two languages, an offer, news of it to Ann, and keys sold one by one."""

import pytest
from playwright.async_api import Page, expect

from db.models import ProductKind
from tests.stories.test_an_order import bought
from tests.stories.test_desk_products import at_the_desk
from tests.world.clock import ManualClock
from tests.world.eyes import trouble
from tests.world.goods import a_product
from tests.world.shop import OpenShop

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


async def names_a_category(page: Page) -> list[str]:
    """Mugs, in two languages, before everything else; the pages on the way."""
    await page.get_by_role("link", name="Categories", exact=True).click()
    await page.get_by_role("link", name="New category").click()
    await page.get_by_label("Name").fill("Mugs")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_label("Deutsch").fill("Becher")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    mugs = page.url
    await page.get_by_role("link", name="‹ Categories").click()
    await page.get_by_role("button", name="Mugs: further up").click()
    await expect(page.get_by_role("listitem").filter(has_text="Mugs").first).to_be_visible()
    return [mugs]


async def makes_an_offer(page: Page) -> list[str]:
    """A code for the tea alone, which runs."""
    await page.get_by_role("link", name="Promotions", exact=True).click()
    await page.get_by_role("link", name="New promotion").click()
    await page.get_by_label("What it gives").select_option("buy_x_get_y")
    await expect(page.get_by_label("So many are paid")).to_be_visible()
    await page.get_by_label("What it gives").select_option("percent")
    await expect(page.get_by_label("So many are paid")).to_be_hidden()
    await page.get_by_label("How much").fill("20")
    await page.get_by_label("The code").fill("moon")
    await page.get_by_role("button", name="Save as a draft").click()
    await expect(page.get_by_text("It does not run yet")).to_be_visible()
    offer = page.url
    await page.get_by_role("link", name="Change", exact=True).click()
    await page.get_by_label("Search").fill("tea")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("button", name="Add Green tea").click()
    await expect(page.get_by_role("button", name="Not for Green tea")).to_be_visible()
    goods = page.url
    await page.goto(offer)
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("It runs.")).to_be_visible()
    return [offer, goods, f"{offer}/uses"]


async def spreads_news(shop: OpenShop, page: Page) -> list[str]:
    """Tried on herself, then sent."""
    await page.get_by_role("link", name="Broadcasts", exact=True).click()
    await page.get_by_role("link", name="Write news").click()
    await page.get_by_label("The message").fill("MOON takes 20 % off the tea")
    await page.get_by_role("button", name="Save as a draft").click()
    await expect(page.get_by_text("Reaches 1 person now.")).to_be_visible()
    news = page.url
    await page.get_by_role("button", name="Send it to me alone").click()
    await shop.tick()
    assert shop.olga.sees("MOON takes 20 % off the tea")
    assert not shop.ann.sees("MOON takes 20 % off the tea")
    await page.get_by_role("link", name="Send it now").click()
    asked = page.url
    await page.get_by_role("button", name="Yes, send it").click()
    await expect(page.get_by_text("It goes out.")).to_be_visible()
    await shop.tick()
    assert shop.ann.sees("MOON takes 20 % off the tea")
    return [news, asked]


async def adds_keys(page: Page, address: str) -> list[str]:
    """Two of them, and a look at one."""
    await page.goto(address)
    await page.get_by_role("link", name="Keys", exact=True).click()
    await page.get_by_label("More keys").fill("AAAA-1111\nBBBB-2222")
    await page.get_by_role("button", name="Add").click()
    await expect(page.get_by_text("2 keys added.")).to_be_visible()
    keys = page.url
    await page.get_by_role("link", name="…").first.click()
    await expect(page.get_by_text("AAAA-1111")).to_be_visible()
    return [keys, page.url, f"{keys}/withdraw"]


async def test_a_category_an_offer_news_and_keys(database_url: str, clock: ManualClock) -> None:
    async with at_the_desk(database_url, clock) as (shop, page):
        await bought(shop)
        async with shop.db.begin() as session:
            game = (await a_product(session, "Moon game", kind=ProductKind.DIGITAL, content="one", stock=0)).id
        desk = shop.config.desk.url or ""
        every = await names_a_category(page)
        every += await makes_an_offer(page)
        every += await spreads_news(shop, page)
        every += await adds_keys(page, f"{desk}/products/{game}")
        paths = ("/categories", "/categories/new", "/promotions", "/promotions/new", "/broadcasts", "/broadcasts/new")
        every += [desk + path for path in (*paths, f"/products/{game}/languages")]
        assert await trouble(page, every) == []
        await shop.keeps_its_promises()
