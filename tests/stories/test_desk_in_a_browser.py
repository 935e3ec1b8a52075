"""Olga sits down at the desk, in a real browser, while Ann buys in the chat; Bob, who works for her, may only ship."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from db.models import Order, OrderStatus, Permission, Refund, RefundState, StaffMember, User
from db.models.staff import written
from tests.simulator.page_world import browsing
from tests.stories.test_an_order import bought, opened
from tests.world.clock import START, ManualClock
from tests.world.guests import Guest
from tests.world.people import BOB, OLGA, user
from tests.world.shop import OpenShop, open_shop

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
GOOD = "a kettle sings at noon"


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """A shop with a desk."""
    async with open_shop(database_url, clock, desk=True) as shop:
        await opened(shop)
        yield shop


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A real one."""
    async with browsing() as one:
        yield one


class Desk:
    """A page of the desk, and everything that the browser refused or did not find."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.problems: list[str] = []
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    async def comes_by_link(self, guest: Guest) -> None:
        """As the key in the chat leads."""
        await guest.says("/dashboard")
        link = next(str(key["url"]) for row in guest.screen.keyboard or () for key in row if "url" in key)
        await self.page.goto(link)
        await self.page.get_by_role("button", name="Sign in").click()

    async def goes(self, path: str) -> None:
        """To a page of the desk."""
        await self.page.goto(f"{self.url}{path}")

    async def does(self, move: str) -> None:
        """A move of the order on show, and yes to its question."""
        await self.page.get_by_role("link", name=move).click()
        await self.page.get_by_role("button", name="Yes, do it").click()


async def sits_down(browser: Browser, shop: OpenShop) -> Desk:
    """Another browser."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    return Desk(await context.new_page(), shop.config.desk.url or "")


async def test_she_comes_by_a_link_sets_a_password_and_comes_back_with_it(shop: OpenShop, browser: Browser) -> None:
    olga = await sits_down(browser, shop)
    await olga.comes_by_link(shop.olga)
    page = olga.page
    await expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    await page.get_by_label("E-mail").fill("olga@shop.example")
    await page.get_by_label("New password").fill("password1234")
    await page.get_by_label("The same again").fill("password1234")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("easy to guess")
    olga.problems.clear()  # the browser counts an answer that says no as an error
    await page.get_by_label("New password").fill(GOOD)
    await page.get_by_label("The same again").fill(GOOD)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    await page.get_by_label("Open user menu").last.click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    await olga.goes("/orders")  # leads to signing in, and from there to where she wanted to go
    await page.get_by_label("E-mail or username").fill("Olga@shop.example")
    await page.get_by_label("Password").fill(GOOD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Orders")).to_be_visible()
    assert olga.problems == []


async def test_an_order_that_is_paid_in_the_chat_appears_by_itself_and_is_sent(
    shop: OpenShop, browser: Browser
) -> None:
    olga = await sits_down(browser, shop)
    await olga.comes_by_link(shop.olga)
    await olga.goes("/orders")
    await expect(olga.page.get_by_text("There are no orders here.")).to_be_visible()
    async with olga.page.expect_response("**/live"):
        await olga.goes("/orders")
    shop.clock.pass_by(seconds=1)
    await bought(shop)

    row = olga.page.get_by_role("row").filter(has_text="Ann")
    await expect(row).to_contain_text("Being prepared", timeout=20_000)
    await row.get_by_role("link").click()
    await olga.page.get_by_role("link", name="🚚 Ship").click()
    await olga.page.get_by_label("Tracking number").fill("DHL 00340434161094042557")
    await olga.page.get_by_role("button", name="Yes, do it").click()
    await expect(olga.page.get_by_text("It is on its way. The customer is told.")).to_be_visible()
    await shop.tick()
    assert "is on its way" in shop.ann.newest
    assert "00340434161094042557" in shop.ann.newest
    await olga.does("🎉 Complete")
    await expect(olga.page.get_by_text("🎉 Completed")).to_be_visible()
    assert olga.problems == []
    await shop.keeps_its_promises()


async def test_she_gives_a_part_back_and_then_the_rest(shop: OpenShop, browser: Browser) -> None:
    await bought(shop)
    olga = await sits_down(browser, shop)
    await olga.comes_by_link(shop.olga)
    await olga.goes("/orders")
    page = olga.page
    await page.get_by_role("row").filter(has_text="Ann").get_by_role("link").click()
    await page.get_by_role("link", name="💸 Give money back").click()
    await page.get_by_text("An amount").click()
    await page.get_by_label("An amount").last.fill("1.50")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.get_by_text("€1.50 goes back to Ann at once.")).to_be_visible()
    await page.get_by_role("button", name="Yes, do it").click()
    await expect(page.get_by_text("The money goes back. The customer is told.")).to_be_visible()
    await olga.does("✕ Cancel")
    await expect(page.get_by_text("✕ Cancelled")).to_be_visible()
    await shop.tick()
    async with shop.db.read() as session:
        refunds = list(await session.scalars(select(Refund).order_by(Refund.id)))
        order = (await session.scalars(select(Order))).one()
    assert (refunds[0].amount, sum(one.amount for one in refunds)) == (150, order.total_price)
    assert {one.actor for one in refunds} == {f"owner:{order.owner_id}"}
    assert {one.state for one in refunds} <= {RefundState.SUCCEEDED, RefundState.MANUAL, RefundState.PENDING}
    assert olga.problems == []
    await shop.keeps_its_promises()


async def test_who_may_only_ship_ships_and_sees_no_money(shop: OpenShop, browser: Browser) -> None:
    await bought(shop)
    await shop.bob.says("/start")
    async with shop.db.begin() as session:
        bob, olga_row = await user(session, BOB), await user(session, OLGA)
        orders_alone = written(frozenset({Permission.ORDERS}))
        values = {"permissions": orders_alone, "actor": "test", "created_at": START}
        session.add(StaffMember(user_id=bob.id, owner_id=olga_row.id, **values))
    shop.clock.pass_by(minutes=2)  # the chat knows of it then
    bob_at_desk = await sits_down(browser, shop)
    await bob_at_desk.comes_by_link(shop.bob)
    page = bob_at_desk.page
    await bob_at_desk.goes("/")
    await expect(page.get_by_text("New today")).to_be_visible()
    await expect(page.get_by_role("heading", name="Sales")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Running low")).to_have_count(0)
    await bob_at_desk.goes("/orders")
    await page.get_by_role("row").filter(has_text="Ann").get_by_role("link").click()
    await expect(page.get_by_role("link", name="💸 Give money back")).to_have_count(0)
    await bob_at_desk.does("🚚 Ship")
    await expect(page.get_by_text("🚚 On its way")).to_be_visible()
    async with shop.db.begin() as session:
        await session.delete(await session.get_one(StaffMember, bob.id))
        assert (await session.scalars(select(Order.status))).one() is OrderStatus.SHIPPED
        assert await session.get(User, bob.id) is not None
    # the page that was open hears of it by itself
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=20_000)
