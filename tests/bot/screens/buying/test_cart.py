"""The cart: buttons say what it shall hold, and what changed meanwhile is said."""

from datetime import UTC

import pytest
from sqlalchemy import update

from bot.screens.buying.cart.views import cart
from bot.screens.buying.catalogue.buttons import PutInCart
from bot.sending.rows import rows_of
from bot.words import words_for
from db.models import Inventory, Product, ProductKind
from db.session import Database
from shop.carts import CartLine, CartView, SellerCart
from tests.bot.conftest import Meet
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, IVAN

pytestmark = pytest.mark.one_database


async def test_the_product_page_counts_units_up_and_down(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha", stock=2)
    ann = meet(ANN)
    await ann.says("sencha")

    await ann.taps("Sencha", "Add to cart", "+")

    assert any("2 in the cart" in label for label in ann.keyboard)
    places = ann.keyboard
    await ann.taps("+")
    assert ann.toast == "Only 2 of Sencha are left."
    assert ann.keyboard == places  # whoever taps fast hits no other key
    await ann.taps("−", "−")
    assert any("Add to cart" in label for label in ann.keyboard)


async def test_a_double_tap_adds_once(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha")
    ann = meet(ANN)
    await ann.says("sencha")
    await ann.taps("Sencha")
    add = ann.callback_data("Add to cart")

    await ann.forges(add)
    await ann.forges(add)

    assert any("1 in the cart" in label for label in ann.keyboard)


async def test_the_cart_shows_each_seller_and_is_changed_in_place(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha", price=450)
        await a_product(session, "Scarf", price=2900, seller=IVAN)
    ann = meet(ANN)
    for word in ("sencha", "scarf"):
        await ann.says(word)
        await ann.taps(word.capitalize(), "Add to cart")
    await ann.taps("in the cart")
    shown = ann.screen.message_id

    assert "Olga" in ann.text
    assert "Ivan" in ann.text
    assert "Subtotal: €4.50" in ann.text
    await ann.taps("+")
    assert "Subtotal: €9.00" in ann.text
    await ann.taps("−", "−")
    assert "Sencha" not in ann.text
    await ann.taps("Empty it", "Empty it")
    assert "Your cart is empty" in ann.text
    assert ann.screen.message_id == shown


async def test_a_plus_beyond_the_last_unit_says_so_over_the_cart_as_it_stands(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        sencha = await a_product(session, "Sencha", stock=2)
    ann = meet(ANN)
    await ann.says("sencha")
    await ann.taps("Sencha", "Add to cart", "+", "in the cart", "+")

    assert ann.toast == "Only 2 of Sencha are left."
    assert "2 × Sencha" in ann.text
    async with database.begin() as session:
        await session.execute(update(Inventory).where(Inventory.product_id == sencha.id).values(quantity_in_stock=1))
    await ann.taps("+")
    assert "Only 1 is left." in ann.text


async def test_what_sold_out_meanwhile_turns_the_page_into_a_bell(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        sencha = await a_product(session, "Sencha", stock=1)
    ann = meet(ANN)
    await ann.says("sencha")
    await ann.taps("Sencha")
    async with database.begin() as session:
        await session.execute(update(Inventory).where(Inventory.product_id == sencha.id).values(quantity_in_stock=0))

    await ann.taps("Add to cart")

    assert ann.toast == "Sencha is sold out."
    assert any("Tell me when it is back" in label for label in ann.keyboard)


async def test_what_changed_meanwhile_is_said(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        sencha = await a_product(session, "Sencha", price=450)
        scarf = await a_product(session, "Scarf", stock=3)
        hat = await a_product(session, "Hat")
    ann = meet(ANN)
    for word in ("sencha", "scarf", "hat"):
        await ann.says(word)
        await ann.taps(word.capitalize(), "Add to cart")
    async with database.begin() as session:
        await session.execute(update(Product).where(Product.id == sencha.id).values(price=500))
        await session.execute(update(Inventory).where(Inventory.product_id == scarf.id).values(quantity_in_stock=0))
        await session.execute(update(Product).where(Product.id == hat.id).values(archived_at=START))

    await ann.says("/cart")

    assert "The price was €4.50, now it is €5.00." in ann.text
    assert "Sold out." in ann.text
    assert "Not for sale any more." in ann.text
    await ann.says("/cart")
    assert "The price was" not in ann.text


async def test_one_tap_leaves_what_can_be_had_and_leads_on(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha", price=450)
        scarf = await a_product(session, "Scarf", stock=3, price=1000)
        hat = await a_product(session, "Hat")
    ann = meet(ANN)
    for word in ("sencha", "scarf", "hat"):
        await ann.says(word)
        await ann.taps(word.capitalize(), "Add to cart")
    await ann.says("scarf")
    await ann.taps("Scarf", "+", "+")
    async with database.begin() as session:
        await session.execute(update(Inventory).where(Inventory.product_id == scarf.id).values(quantity_in_stock=2))
        await session.execute(update(Product).where(Product.id == hat.id).values(archived_at=START))

    await ann.says("/cart")
    assert not any("Check out" in label for label in ann.keyboard)
    await ann.taps("Keep what can be had")

    assert "2 × Scarf" in ann.text
    assert "Hat" not in ann.text
    assert any("Check out · €24.50" in label for label in ann.keyboard)


async def test_more_than_there_is_gets_a_polite_no(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        sencha = await a_product(session, "Sencha", stock=1)
    ann = meet(ANN)
    await ann.says("sencha")
    await ann.taps("Sencha")

    await ann.forges(PutInCart(sencha.id, 2).pack())

    assert ann.toast == "Only 1 of Sencha is left."


@pytest.mark.parametrize(("products", "rows"), [(1, 6), (3, 6), (7, 10), (40, 10)])
def test_the_keys_of_a_cart_fit_on_a_phone(products: int, rows: int) -> None:
    lines = tuple(
        CartLine(
            item_id=number,
            product_id=number,
            name=f"Green tea of the hills {number}",
            option_label=None,
            quantity=2,
            price=450,
            currency="EUR",
            seen_price=450,
            seen_currency="EUR",
            available=5,
            sellable=True,
            owner_id=1,
            owner_name="Olga",
            kind=ProductKind.PHYSICAL,
        )
        for number in range(products)
    )
    seller = SellerCart(1, "Olga", ProductKind.PHYSICAL, "EUR", lines, "1.1.1.physical")
    screen = cart(words_for("en", UTC), CartView(1, 1, (seller,)))
    assert len([row for keys in screen.keyboard for row in rows_of(keys)]) <= rows
