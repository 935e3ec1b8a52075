"""Olga sees to her goods at the desk: a product from photo to sale, prices of several, a list; with a way back."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import FilePayload, Page, expect

from tests.simulator.page_world import browsing, picture
from tests.stories.test_an_order import opened
from tests.stories.test_desk_in_telegram import watch
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.shop import OpenShop, open_shop

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
SERIOUS = {"serious", "critical"}


@asynccontextmanager
async def at_the_desk(
    database_url: str, clock: ManualClock, *, media: Path | None = None, width: int = 1280
) -> AsyncGenerator[tuple[OpenShop, Page]]:
    """Olga, signed in by a link out of the chat; at the end no script failed and nothing broke the policy."""
    own: dict[str, Any] = {"media": str(media)} if media else {}
    async with open_shop(database_url, clock, desk=True, **own) as shop, browsing() as browser:
        await opened(shop)
        await shop.olga.says("/dashboard")
        link = next(str(key["url"]) for row in shop.olga.screen.keyboard or () for key in row if "url" in key)
        page = await browser.new_page(viewport={"width": width, "height": 900})
        problems = watch(page)
        await page.goto(link)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url("**/account")
        await page.goto(f"{shop.config.desk.url}/products")
        yield shop, page
        assert problems == []


async def test_a_product_goes_from_its_photo_to_the_first_sale_in_the_chat(
    database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    async with at_the_desk(database_url, clock, media=tmp_path) as (shop, page):
        await page.get_by_role("link", name="New product").click()
        await page.get_by_label("Name").fill("Moon tea")
        await page.get_by_label("Price in EUR").fill("7.50")
        await page.get_by_label("In stock").fill("4")
        await page.get_by_label("Category").fill("Tea / White")
        await page.get_by_role("button", name="Save as a draft").click()
        await expect(page.get_by_text("It is a draft")).to_be_visible()
        photo = FilePayload(name="moon.jpg", mimeType="image/jpeg", buffer=picture("navy"))
        await page.get_by_label("Photo", exact=True).set_input_files(photo)
        await page.get_by_role("button", name="Add", exact=True).first.click()
        await expect(page.get_by_role("img", name="Photo 1")).to_have_js_property("naturalWidth", 320)

        await shop.ann.says("Moon tea")
        assert not shop.ann.sees("€7.50")
        await page.get_by_role("button", name="Publish").click()
        await expect(page.get_by_text("on sale", exact=True)).to_be_visible()
        await shop.ann.says("Moon tea")
        await shop.ann.taps("Moon tea · €7.50", "Add to cart")
        await shop.ann.taps("in the cart")
        assert shop.ann.sees("€7.50")


async def test_prices_of_several_rise_and_fall_back(database_url: str, clock: ManualClock) -> None:
    async with at_the_desk(database_url, clock) as (shop, page):
        async with shop.db.begin() as session:
            await a_product(session, "Sencha", price=1000)
            await a_product(session, "Oolong", price=2000)
        await page.reload()
        for name in ("Sencha", "Oolong"):
            await page.get_by_label(f"Choose {name}").check()
        await page.get_by_label("How many").fill("+10")
        await page.get_by_role("button", name="Show what it would change").click()
        await expect(page.get_by_text("11.00")).to_be_visible()
        await expect(page.get_by_text("22.00")).to_be_visible()
        await page.get_by_role("button", name="Do it").click()
        await expect(page.get_by_text("It can be undone for an hour")).to_be_visible()
        await page.goto(f"{shop.config.desk.url}/products")
        await expect(page.get_by_text("€22.00")).to_be_visible()
        await page.goto(f"{shop.config.desk.url}/lists")
        await page.get_by_role("link", name="Prices +10").click()
        await page.get_by_role("button", name="Undo it").click()
        await expect(page.get_by_text("It was undone.")).to_be_visible()
        await page.goto(f"{shop.config.desk.url}/products")

        await expect(page.get_by_text("€20.00")).to_be_visible()
        await shop.keeps_its_promises()


async def test_a_list_is_seen_before_it_comes_in(database_url: str, clock: ManualClock) -> None:
    async with at_the_desk(database_url, clock) as (shop, page):
        await page.get_by_role("link", name="Import").click()
        content = b"name,price,quantity\nMatcha,19.90,3\nHojicha,9,0\n"
        await page.get_by_label("File").set_input_files(
            FilePayload(name="teas.csv", mimeType="text/csv", buffer=content)
        )
        await page.get_by_role("button", name="Show what it would change").click()
        await expect(page.get_by_text("2 new")).to_be_visible()
        await page.get_by_role("button", name="Do it").click()
        await expect(page.get_by_text("It is taken in.")).to_be_visible()
        await shop.ann.says("Matcha")

        assert shop.ann.sees("Matcha")


@pytest.mark.parametrize("width", [1280, 390])
async def test_everybody_can_use_the_pages_of_goods(database_url: str, clock: ManualClock, width: int) -> None:
    async with at_the_desk(database_url, clock, width=width) as (shop, page):
        async with shop.db.begin() as session:
            tea = (await a_product(session, "Sencha", price=1000)).id
        found: list[str] = []
        for path in ("/products", "/products/new", f"/products/{tea}", "/lists"):
            await page.goto(f"{shop.config.desk.url}{path}")
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
                results = await Axe().run(page)
                found += [
                    f"{path} {scheme}: {one['id']} {one['nodes'][0]['target']}"
                    for one in results.response["violations"]
                    if one["impact"] in SERIOUS
                ]
            assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path

        assert found == []
