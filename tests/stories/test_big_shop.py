"""A very big shop is an ordinary one: every screen of it is one that Telegram takes."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.screens.routes import join
from db.models import Cart, CartItem, Category, Product
from simulator.telegram.messages import Message
from tests.world.clock import START
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.guests import Guest
from tests.world.people import ANN, IVAN, OLGA, user
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

AISLES, DEEP, LINES = 1_000, 30, 100
SIZES = tuple(f"Größe {number}" for number in range(1, 101))
WOOL = tuple(f"Farbe {colour} / {weight} g" for colour in range(1, 91) for weight in (50, 100, 200))
LONG = ("Очень длинное описание. " * 180)[:4_096]
TAPS = 2  # of each kind of button, by each person
MOST_KEYS, WIDEST, MOST_UNITS, MOST_UNDER_A_PHOTO = 100, 8, 4_096, 1_024  # Bot API


async def _fill(session: AsyncSession) -> None:
    ann, owner = await user(session, ANN), await user(session, OLGA)
    top = await a_category(session, "Big")
    rows: list[dict[str, Any]] = [{"name": f"Regal {number}", "position": number} for number in range(AISLES)]
    await session.execute(insert(Category), [{**row, "parent_id": top.id} for row in rows])
    under = top
    for number in range(DEEP):
        under = await a_category(session, f"{'Ebene ' * 12}{number}", inside=under)
    await a_product(session, "At the bottom", category=under)
    for label, options, names in (("Ring", SIZES, "Size"), ("Wool", WOOL, "Colour / Weight")):
        parent, _ = await a_product_with_variants(session, label, options, option_names=names, category=top)
        parent.description = LONG
    cart = Cart(user_id=ann.id, version=1, updated_at=START)
    session.add(cart)
    await session.flush()
    for number in range(LINES):
        seller = (OLGA, IVAN)[number % 2]
        product = await a_product(session, f"{'Ж' * 180}{number}", category=top, seller=seller, stock=9)
        session.add(
            CartItem(cart_id=cart.id, product_id=product.id, quantity=2, seen_price=product.price, seen_currency="EUR")
        )
    await session.flush()
    await session.execute(update(Product).where(Product.owner_id == owner.id).values(description=LONG))


async def test_every_screen_of_a_very_big_shop_fits_into_a_message(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await _fill(session)
    for guest in (shop.ann, shop.olga, shop.oscar):
        await _walk(guest)


async def _walk(guest: Guest) -> None:
    """Say every command, and tap every kind of button that shows up."""
    tapped: Counter[str] = Counter()
    for command in ("start", *join().commands):
        await guest.says(f"/{command}")
        _fits(guest.screen)
        while (data := _fresh(guest.screen, tapped)) is not None:
            tapped[data.partition(":")[0]] += 1
            await guest.taps_data(data, on=guest.screen)
            _fits(guest.screen)


def _fresh(screen: Message, tapped: Counter[str]) -> str | None:
    for row in screen.keyboard or ():
        for button in row:
            data = str(button.get("callback_data") or "")
            if data and tapped[data.partition(":")[0]] < TAPS:
                return data
    return None


def _fits(screen: Message) -> None:
    rows = screen.keyboard or ()
    assert sum(map(len, rows)) <= MOST_KEYS, screen.words
    assert all(0 < len(row) <= WIDEST for row in rows), screen.words
    assert all(str(button["text"]).strip() for row in rows for button in row), screen.words
    most = MOST_UNDER_A_PHOTO if screen.photo else MOST_UNITS
    assert len(screen.words.encode("utf-16-le")) // 2 <= most
