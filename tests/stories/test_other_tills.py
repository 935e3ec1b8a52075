"""Less usual ways to pay, from checkout to paid: another card provider for a country, coins in Telegram."""

from collections.abc import AsyncGenerator

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from app.config import Config
from app.config.payments import Crypto
from app.config.secret import Secret
from app.config.services import CardProvider
from app.config.shop import Shipping
from db.models import Order, OrderStatus
from simulator.server import Simulator
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import PROVIDER_TOKEN, OpenShop, open_shop

KAZAKH, DOLLARS = "4242:TEST:pretend-kazakh", "4242:TEST:pretend-dollars"
POST = (Shipping(id="post", title="Post", price="4.90", countries=("DE", "KZ")),)

pytestmark = pytest.mark.one_database


def several_tills(config: Config, simulator: Simulator) -> Config:
    """Another provider of @BotFather's for what goes to Kazakhstan, a third for dollars, and Crypto Pay."""
    others = (
        CardProvider(token=Secret(KAZAKH), countries=("KZ",)),
        CardProvider(token=Secret(DOLLARS), currencies=("USD",)),
    )
    coins = Crypto(token=Secret("77:pretend-coins"), api_url=f"{simulator.url}/crypto")
    return replace(
        config,
        telegram=replace(config.telegram, providers=others),
        payments=replace(config.payments, crypto=coins),
    )


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock, change=several_tills, shipping=POST) as opened:
        async with opened.db.begin() as session:
            shelf = await a_category(session, "Tea")
            await a_product(session, "Green tea", price=450, stock=9, category=shelf)
            await a_product(session, "Iced tea", price=500, stock=9, currency="USD", category=shelf)
        yield opened


async def to_the_ways(guest: Guest, product: str, way: str) -> None:
    """One into the cart, and this way to pay."""
    await guest.says("/start")
    await guest.taps("Catalogue", "Tea", product, "Add to cart")
    await guest.says("/cart")
    await guest.taps("Check out", way)


async def says_where(guest: Guest, *country: str, town: str) -> None:
    """The address, typed in the chat: a token by country needs it before the sheet opens."""
    await guest.taps(*country)
    for line in (guest.who.name, "Abay 7", town):
        await guest.says(line)
    await guest.taps("Order now")


def token(guest: Guest) -> str:
    """Behind which token the newest sheet stands."""
    return next(one.invoice.provider_token for one in reversed(guest.chat.messages.values()) if one.invoice)


async def test_each_order_is_charged_by_the_provider_for_its_country_or_currency(shop: OpenShop) -> None:
    await to_the_ways(shop.ann, "Green tea", "Card, here in the chat")
    await says_where(shop.ann, "Kazakhstan", town="050000 Almaty")
    assert token(shop.ann) == KAZAKH
    assert (await shop.ann.pays()).state == "paid"

    await to_the_ways(shop.bob, "Green tea", "Card, here in the chat")
    await says_where(shop.bob, "Germany", town="10115 Berlin")
    assert token(shop.bob) == PROVIDER_TOKEN
    assert (await shop.bob.pays()).state == "paid"

    await to_the_ways(shop.eve, "Iced tea", "Card, here in the chat")
    await says_where(shop.eve, "Germany", town="10115 Berlin")
    assert token(shop.eve) == DOLLARS
    assert (await shop.eve.pays()).state == "paid"

    async with shop.db.read() as session:
        assert list(await session.scalars(select(Order.status))) == [OrderStatus.PROCESSING] * 3
    await shop.keeps_its_promises()


async def test_coins_are_paid_in_telegram_and_the_screen_says_so(shop: OpenShop) -> None:
    """Guard: the words for a page in the browser are not said of @CryptoBot."""
    await to_the_ways(shop.ann, "Green tea", "Crypto, with @CryptoBot")
    await says_where(shop.ann, "Germany", town="10115 Berlin")
    assert "Pay in @CryptoBot, here in Telegram" in shop.ann.text
    assert "browser" not in shop.ann.text
    assert "Open @CryptoBot" in shop.ann.keyboard[0]

    await shop.ann.taps("I have paid")
    assert "Open @CryptoBot" in shop.ann.keyboard[0]
    (invoice,) = shop.simulator.crypto.invoices.values()
    shop.simulator.crypto.pay(invoice.id)
    await shop.ann.taps("Check again")

    async with shop.db.read() as session:
        assert await session.scalar(select(Order.status)) is OrderStatus.PROCESSING
    await shop.keeps_its_promises()
