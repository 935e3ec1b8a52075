"""A stranger walks into the shop with a browser and nothing else, and buys."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Locator, Page, expect

from tests.simulator.page_world import browsing
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


@pytest.fixture
async def page(shop: OpenShop) -> AsyncGenerator[Page]:
    """The page of chats, in front of a shop that sells tea."""
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Sencha", price=980, stock=5, category=tea, image_url="sencha.jpg")
    await shop.olga.says("/start")
    async with browsing() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(shop.simulator.url)
        # The list of people is there first, and says "Has not started yet": a "Start" too, of somebody else.
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        yield page
        await page.close()


def button(page: Page, label: str) -> Locator:
    """The newest button with this in its label."""
    return page.get_by_role("button", name=label).last


async def test_a_stranger_buys_with_taps_alone_and_the_seller_ships(shop: OpenShop, page: Page) -> None:
    log = page.get_by_role("log")
    for label in ("Start", "Catalogue", "Tea", "Sencha"):
        await button(page, label).click()
    await expect(log.locator("img")).to_have_js_property("naturalWidth", 800)
    for label in ("Add to cart", "in the cart", "Check out", "here in the chat"):
        await button(page, label).click()
    for label in ("Pay €9.80", "Continue", "Pay €14.70", "Done"):
        await button(page, label).click()
    await shop.tick()

    await expect(log).to_contain_text("Being prepared")
    await page.get_by_role("button", name="Show Olga side by side").click()
    olga = page.get_by_label("Chat of Olga with", exact=False)
    await expect(olga).to_contain_text("New order")
    await olga.get_by_role("button", name="Complete").click()
    await expect(olga).to_contain_text("It was not marked as sent")
    await olga.get_by_role("button", name="Complete").click()
    await shop.settle()
    await shop.tick()

    await expect(log.first).to_contain_text("Completed")
    await shop.keeps_its_promises()


FOCUSED = "() => document.querySelector(':is(button, input, select, textarea, h2):focus')?.textContent ?? ''"


async def press(page: Page, label: str, *, within: int) -> None:
    """Tab to the button with this in its label, which is at most so many keys away, and press Enter."""
    for _ in range(within):
        if label in await page.evaluate(FOCUSED):
            await page.keyboard.press("Enter")
            return
        await page.keyboard.press("Tab")
    pytest.fail(f"{label} is more than {within} keys away; the keyboard is on {await page.evaluate(FOCUSED)!r}")


async def test_a_stranger_buys_by_keyboard_alone(shop: OpenShop, page: Page) -> None:
    await expect(button(page, "Start")).to_be_visible()
    await press(page, "Start", within=40)
    for label in ("Catalogue", "Tea", "Sencha", "Add to cart", "in the cart", "Check out", "here in the chat"):
        await expect(button(page, label)).to_be_visible()
        await press(page, label, within=40)  # of a redraw that is under way the count begins at the top of the page
    await expect(button(page, "Pay €9.80")).to_be_visible()
    await press(page, "Pay €9.80", within=8)
    for label in ("Continue", "Pay €14.70", "Done"):
        await expect(button(page, label)).to_be_enabled()
        await press(page, label, within=20)
    await shop.tick()

    await expect(page.get_by_role("log")).to_contain_text("Being prepared")
    await expect(page.get_by_role("button", name="Receipt")).to_be_focused()
    await shop.keeps_its_promises()


async def test_a_stranger_pays_on_stripes_page_and_comes_back_to_the_chat(shop: OpenShop, page: Page) -> None:
    taps = ("Start", "Catalogue", "Tea", "Sencha", "Add to cart", "in the cart", "Check out", "secure page")
    for label in taps:
        await button(page, label).click()
    for words in ("DE", "Ann Example", "Lindenstraße 1", "10969 Berlin"):
        await shop.settle()
        await shop.ann.says(words)
    await button(page, "Post").click()
    await button(page, "Order now").click()
    async with page.expect_popup() as opening:
        await button(page, "Open the payment page").click()
    stripe = await opening.value

    await expect(stripe.get_by_text("Sencha")).to_be_visible()
    await stripe.get_by_label("Asks for a second step").check()
    await stripe.get_by_role("button", name="Pay €14.70").click()
    await stripe.get_by_role("button", name="Complete").click()
    await expect(stripe.get_by_text("Payment successful")).to_be_visible()
    await shop.settle()
    await shop.tick()

    await expect(page.get_by_role("log")).to_contain_text("Being prepared")
    await shop.keeps_its_promises()
