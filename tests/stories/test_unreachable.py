"""People who blocked the bot, deleted their Telegram account or are unknown to it: every job goes on, for everybody."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import select

from db.models import Order, OrderStatus, User
from tests.stories.test_an_order import BERLIN
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """A shop that reminds of carts, too."""
    async with open_shop(database_url, clock, cart_reminder=1) as opened:
        yield opened


def is_gone(guest: Guest, how: str) -> None:
    """Nothing tells the shop: it finds out when it writes."""
    if how == "blocked":
        guest.chat.blocked = True
    elif how == "deactivated":
        guest.chat.deleted = True
    else:
        guest.chat.started = False


async def expects_everything(shop: OpenShop, guest: Guest) -> None:
    """Has a cart, a favourite, something they wait for, a parcel on its way, one that arrived, one not paid."""
    await guest.says("/start")
    for _ in range(2):
        await guest.says("/start p_1")
        await guest.taps("Add to cart", "in the cart", "Check out", "here in the chat")
        assert (await guest.pays(option="post", address=BERLIN)).state == "paid"
    await guest.says("/start p_1")
    await guest.taps("♡", "Add to cart", "in the cart", "Check out", "here in the chat")
    await guest.says("/start p_2")
    await guest.taps("Tell me")
    await shop.passes(minutes=1)  # what was put in after the order is a cart of its own
    await guest.says("/start p_3")
    await guest.taps("♡", "Add to cart")
    await shop.tick()


@pytest.mark.parametrize("how", ["blocked", "deactivated", "unknown"])
async def test_no_job_stumbles_over_who_cannot_be_reached(shop: OpenShop, how: str) -> None:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", sku="TEA", stock=9, low_stock_at=4, category=tea)
        await a_product(session, "Sencha", sku="SENCHA", stock=0, category=tea)
        await a_product(session, "Mug", sku="MUG", stock=9, category=tea)
    for guest in (shop.olga, shop.oscar):
        await guest.says("/start")
    for guest in (shop.ann, shop.bob):
        await expects_everything(shop, guest)
    await shop.olga.says("/broadcast")
    await shop.olga.taps("Write news")
    await shop.olga.says("New teas")
    await shop.olga.taps("📤 Send")
    for order in (1, 4):
        await shop.olga.says(f"/ship {order} LX{order}")
    for order in (2, 5):
        await shop.olga.says(f"/complete {order}")
        await shop.olga.taps("Complete")
    await shop.olga.says("/restock SENCHA +5")
    await shop.olga.says("/price MUG 1.00")
    is_gone(shop.ann, how)
    is_gone(shop.oscar, how)

    await shop.tick()
    for hours in (1, 3, 24, 96):
        await shop.passes(hours=hours)

    assert shop.bob.sees("Mug is cheaper")
    assert shop.bob.sees("Sencha is back")
    assert shop.bob.sees("Your cart waits")
    assert shop.bob.sees("How do you like")
    async with shop.db.read() as session:
        ann = (await session.scalars(select(User).where(User.name == "Ann"))).one()
        assert not ann.reachable
        assert list(await session.scalars(select(Order.id).where(Order.status == OrderStatus.PENDING))) == []
    is_gone(shop.olga, how)  # and who sells hears nothing either
    await shop.bob.says("/start p_1")
    await shop.bob.taps("Add to cart", "in the cart", "Check out", "here in the chat")
    assert (await shop.bob.pays(option="post", address=BERLIN)).state == "paid"
    for hours in (1, 12, 24):
        await shop.passes(hours=hours)
    await shop.keeps_its_promises()
