"""Every page of the desk, out of its table of routes, can be used by everybody: at a desk, on a phone, and at night."""

import re
from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize
from starlette.routing import Mount, Route

from bot.routing.refusals import say
from bot.screens.selling.log.views import line
from bot.words import words_for
from db.models import Order, Product
from tests.simulator.page_world import browsing
from tests.stories.test_an_order import bought, opened
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.shop import OpenShop, open_shop
from web.desk.admin import create
from web.desk.behind import Behind

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
SERIOUS = {"serious", "critical"}
NO_PAGES = {"live", "app", "product-photo"}  # events, the door of Telegram's own frame, a picture
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
LOOKS = ((WIDE, False, None), (NARROW, True, {"runOnly": ["color-contrast", "target-size", "meta-viewport"]}))


def addresses(shop: OpenShop, known: Mapping[str, str]) -> Iterator[str]:
    """Where each page is, with what there is in this shop for its parameters; with 1 for what is not named here."""
    desk = Behind(
        db=shop.db,
        clock=shop.clock,
        policy=lambda: shop.front.policy,
        providers={},
        words=words_for,
        say=say,  # type: ignore[arg-type]  # its words are those of words_for
        done=line,  # type: ignore[arg-type]  # the same
        url=shop.config.desk.url or "",
        key=lambda: b"pretend",
    )
    outer = create(desk)._app  # type: ignore[attr-defined]  # the door keeps what it serves
    (mounted,) = [one for one in outer.routes if isinstance(one, Mount)]
    for one in mounted.app.routes:  # type: ignore[attr-defined]  # an application has routes
        if isinstance(one, Route) and "GET" in (one.methods or ()) and one.name not in NO_PAGES:
            yield re.sub(r"\{(\w+)[^}]*\}", lambda found: known.get(found[1], "1"), one.path)


async def test_no_page_has_serious_faults_for_anybody(database_url: str, clock: ManualClock) -> None:
    """One shop for all of them: a page takes a second, and there are some thirty."""
    async with open_shop(database_url, clock, desk=True) as shop, browsing() as browser:
        await opened(shop)
        await bought(shop)
        async with shop.db.begin() as session:
            tea = (await a_product(session, "Sencha " + "very fine " * 12, price=1000, low_stock_at=9)).id
        await shop.olga.says("/dashboard")
        link = next(str(key["url"]) for row in shop.olga.screen.keyboard or () for key in row if "url" in key)
        context = await browser.new_context(reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(f"{shop.config.desk.url}/login")
        found = await _faults(page, "/login")
        await page.goto(link)
        found += await _faults(page, "/in")
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url("**/account")
        known = {"product_id": str(tea), "order_id": "1", "move": "ship", "secret": "over"}
        paths = sorted({*addresses(shop, known), "/orders/1/do/refund", "/orders/several?id=1", "/?span=y"})
        seen = 0
        for path in paths:
            answer = await page.goto(f"{shop.config.desk.url}{path}")
            if answer is None or "text/html" not in answer.headers.get("content-type", ""):
                continue
            assert answer.status < 500, path
            found += await _faults(page, path)
            seen += 1
        async with shop.db.read() as session:
            assert await session.get(Order, 1) is not None
            assert await session.get(Product, tea) is not None

    assert not found, "\n".join(found)
    assert seen > 15


async def _faults(page: Page, path: str) -> list[str]:
    """What axe says of the page at a desk by day, and what a phone at night changes of that; and what is too wide."""
    found: list[str] = []
    for size, dark, rules in LOOKS:
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        where = f"{path} {size['width']}"
        results = await Axe().run(page, options=rules)
        found += [
            f"{where}: {one['id']} {node['target']} {node['html'][:150]}"
            for one in results.response["violations"]
            for node in one["nodes"][:1]
            if one["impact"] in SERIOUS
        ]
        if not await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{where}: too wide")
    return found
