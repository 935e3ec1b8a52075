"""Olga opens the desk inside Telegram, on her phone: by the key before the text field, without any password."""

import pytest
from playwright.async_api import Page, expect

from simulator.telegram.web_apps import menu_button
from tests.simulator.page_world import browsing
from tests.stories.test_an_order import opened
from tests.world.clock import ManualClock, ShopTime
from tests.world.people import ANN, BOB, OLGA, OSCAR
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database


def key_of(shop: OpenShop, who: int) -> str:
    """What stands before somebody's text field."""
    (bot,) = shop.simulator.world.bots.values()
    button = menu_button(bot, who)
    return str(button.get("text", button["type"]))


@pytest.mark.browser
async def test_she_is_signed_in_by_telegram_and_finds_her_way_back(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, desk=True) as shop, browsing() as browser:
        await opened(shop)
        await shop.olga.says("/start")
        shop.simulator.world.clock = ShopTime(clock)  # Telegram says when the desk was opened
        page = await browser.new_page(viewport={"width": 390, "height": 760}, color_scheme="dark")
        problems = watch(page)
        await page.goto(f"{shop.simulator.url}/?people={OLGA.telegram_id}")
        await page.get_by_role("button", name="Desk", exact=True).click()
        app = page.frame_locator("dialog.app iframe")

        await expect(app.get_by_role("heading", name="Overview")).to_be_visible()
        assert await app.locator("html").evaluate("html => html.scrollWidth <= window.innerWidth")
        await expect(app.locator("html")).to_have_attribute("data-bs-theme", "dark")
        await expect(page.get_by_role("button", name="Close the app")).to_be_visible()
        await app.locator("body").evaluate(f"() => location.assign('{shop.config.desk.url}/account')")
        await page.get_by_role("button", name="Back in the app").click()
        await expect(app.get_by_role("heading", name="Overview")).to_be_visible()
        await page.emulate_media(color_scheme="light")
        await expect(app.locator("html")).to_have_attribute("data-bs-theme", "light")
        assert problems == []


async def test_the_key_comes_and_goes_with_what_people_may(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, desk=True) as shop:
        await opened(shop)
        for guest in (shop.ann, shop.olga, shop.oscar):
            await guest.says("/start")
        assert key_of(shop, OLGA.telegram_id) == "Desk"
        assert key_of(shop, OSCAR.telegram_id) == "Desk"
        assert key_of(shop, ANN.telegram_id) in {"default", "commands"}

        await shop.bob.says("/start")
        await shop.oscar.says("/admins")
        await shop.oscar.taps("Appoint")
        await shop.oscar.says(str(BOB.telegram_id))
        await shop.oscar.taps("Yes, may sell")
        assert key_of(shop, BOB.telegram_id) == "Desk"
        await shop.oscar.taps("Bob")
        await shop.oscar.taps("Dismiss")
        assert key_of(shop, BOB.telegram_id) in {"default", "commands"}


async def test_a_shop_without_a_desk_has_no_such_key(shop: OpenShop) -> None:
    await opened(shop)
    await shop.olga.says("/start")

    assert key_of(shop, OLGA.telegram_id) in {"default", "commands"}


def watch(page: Page) -> list[str]:
    """Every error of the scripts of a page, and all that its policy refused."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    return problems
