"""Sellers look after their products in the chat, and nobody else can."""

import pytest
from sqlalchemy import select

from bot.screens.selling.products.buttons import AddStock, EditField, Field, OpenOwned, SetArchived, SetPublished
from db.models import Inventory, Notification, Product
from db.session import Database
from shop import stock
from tests.bot.conftest import Meet
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, EVE, IVAN, OLGA, OSCAR, user

pytestmark = pytest.mark.one_database


async def tea(database: Database, *, quantity: int = 5) -> int:
    async with database.begin() as session:
        return (await a_product(session, "Sencha", sku="TEA", stock=quantity)).id


async def units(database: Database, product_id: int) -> int:
    async with database.read() as session:
        return (await session.get_one(Inventory, product_id)).quantity_in_stock


async def test_products_are_listed_in_pages_with_their_stock(meet: Meet, database: Database) -> None:
    await tea(database, quantity=0)
    async with database.begin() as session:
        for number in range(7):
            await a_product(session, f"Tea {number}", stock=number)
        await a_product(session, "Ivan’s honey", seller=IVAN)
    olga = meet(OLGA)

    await olga.says("/products")

    assert any("Tea 6 · 6" in label for label in olga.keyboard)
    await olga.taps("Next")
    assert any("Sencha · sold out" in label for label in olga.keyboard)
    assert not any("honey" in label for label in olga.keyboard)
    await olga.taps("Previous", "Tea 6")
    assert "6 in stock" in olga.text


async def test_an_operator_reads_who_sells_what(meet: Meet, database: Database) -> None:
    await tea(database)
    async with database.begin() as session:
        await a_product(session, "Honey", sku="HONEY", stock=2, seller=IVAN)
        await a_product_with_variants(session, "Scarf", seller=IVAN)
    oscar, olga = meet(OSCAR), meet(OLGA)

    await oscar.says("/products")
    assert {"Sencha · 5 · Olga", "Honey · 2 · Ivan", "Scarf · 9 · Ivan"} <= set(oscar.keyboard)
    await oscar.taps("Honey")
    assert "Sold by Ivan" in oscar.text

    await olga.says("/products")
    assert "Sencha · 5" in olga.keyboard
    await olga.taps("Sencha")
    assert "Sold by" not in olga.text


@pytest.mark.parametrize(
    "command", ["/restock TEA +5", "/price TEA 1", "/archive TEA", "/edit TEA", "/addproduct", "/admins"]
)
async def test_a_customer_learns_nothing_of_the_commands(meet: Meet, database: Database, command: str) -> None:
    product_id = await tea(database)
    ann = meet(ANN)

    await ann.says("/nonsense")
    nonsense = ann.text
    await ann.says(command)

    assert ann.text == nonsense
    assert await units(database, product_id) == 5


async def test_forged_and_foreign_buttons_do_nothing(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    eve, ivan = meet(EVE), meet(IVAN)
    await eve.says("/start")
    await ivan.says("/start")

    for pressed in (
        AddStock(product_id, 10, 1),
        SetArchived(product_id, archived=True),
        SetPublished(product_id, published=False),
        OpenOwned(product_id),
        EditField(product_id, Field.PRICE),
    ):
        for person in (eve, ivan):
            await person.forges(pressed.pack())
            assert not person.sees("TEA")

    assert await units(database, product_id) == 5
    async with database.read() as session:
        assert (await session.get_one(Product, product_id)).archived_at is None


async def test_restocking_by_command_key_and_answer(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    async with database.begin() as session:
        ann = await user(session, ANN)
    olga = meet(OLGA)

    await olga.says("/restock TEA +10")
    assert "15 in stock" in olga.text
    await olga.says("/restock tea =3")
    assert "3 in stock" in olga.text
    await olga.taps("Restock", "+5")
    assert "8 in stock" in olga.text
    await olga.taps("Restock")
    await olga.says("several")
    assert "“several”" in olga.text
    await olga.says("4")
    assert "12 in stock" in olga.text
    await olga.says("/restock TEA -3")
    assert "+10 for ten more" in olga.text
    assert await units(database, product_id) == 12
    assert ann.id


async def test_a_double_tap_restocks_once(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    olga = meet(OLGA)
    await olga.says("/restock TEA")
    data = olga.callback_data("+10")

    await olga.forges(data)
    await olga.forges(data)

    assert await units(database, product_id) == 15
    assert "changed already" in olga.text


async def test_who_waited_hears_of_the_restock(meet: Meet, database: Database) -> None:
    product_id = await tea(database, quantity=0)
    async with database.begin() as session:
        await stock.watch(session, await user(session, ANN), product_id, now=START)
    olga = meet(OLGA)

    await olga.says("/restock TEA +1")

    async with database.read() as session:
        assert list(await session.scalars(select(Notification.kind))) == ["back_in_stock"]


async def test_commands_without_arguments_explain_themselves(meet: Meet, database: Database) -> None:
    await tea(database)
    olga = meet(OLGA)

    for command in ("/restock", "/price", "/edit", "/archive", "/unarchive", "/publish", "/unpublish"):
        await olga.says(command)
        assert f"{command} SKU" in olga.text
        assert any("Sencha" in label for label in olga.keyboard)
    unknown = ("/restock WHAT +1", "/restock WHAT", "/edit WHAT", "/archive WHAT")
    prices = ("/price WHAT 3", "/price WHAT 17,50 €", "/price WHAT 1 234,50€", "/price WHAT € 3", "/price WHAT much")
    for command in (*unknown, *prices):
        await olga.says(command)
        assert "There is no SKU WHAT here." in olga.text
        assert any("Add a product" in label for label in olga.keyboard)


async def test_a_name_in_place_of_the_sku_leads_to_the_products_called_so(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Green tea", sku="GT-1", stock=2)
        await a_product(session, "Mug")
    olga = meet(OLGA)

    await olga.says("/restock green +10")

    assert any("Green tea · 2" in label for label in olga.keyboard)
    assert not any("Mug" in label for label in olga.keyboard)
    await olga.taps("Green tea", "Restock", "+10")
    assert "12 in stock" in olga.text


async def test_a_change_of_stock_that_cannot_be_read_is_asked_for_again(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Green tea", sku="TEA", stock=2)
    olga = meet(OLGA)

    for said in ("/restock TEA -3", "/restock TEA ten", "+x", "many"):
        await olga.says(said)
        assert "Write +10 for ten more, or =25 for exactly 25." in olga.text
        assert "How many came?" in olga.text
    await olga.says("10")
    assert "12 in stock" in olga.text


async def test_a_price_is_changed_or_asked_for_again(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    olga = meet(OLGA)

    await olga.says("/price TEA abc")
    assert "“abc”" in olga.text
    await olga.says("12,50")

    assert "€12.50" in olga.text
    async with database.read() as session:
        assert (await session.get_one(Product, product_id)).price == 1250


async def test_fields_are_edited_one_by_one(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    olga = meet(OLGA)
    await olga.says("/edit TEA")

    await olga.taps("Name")
    await olga.says("x" * 300)
    assert "At most 200" in olga.text
    await olga.says("Gyokuro")
    await olga.taps("Edit", "Category")
    await olga.says("Tea / Japan")
    assert "Tea / Japan" in olga.text
    await olga.taps("Edit", "Description", "Leave it empty")
    await olga.taps("Edit", "Low stock")
    await olga.says("2")
    await olga.taps("Edit", "Price", "Cancel")
    assert "Gyokuro" in olga.text
    await olga.says("99")

    async with database.read() as session:
        product = await session.get_one(Product, product_id)
        assert (product.name, product.description, product.price) == ("Gyokuro", "", 450)
        assert (await session.get_one(Inventory, product_id)).low_stock_at == 2


async def test_archiving_hides_and_brings_back(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    olga, ann = meet(OLGA), meet(ANN)

    await olga.says("/archive TEA")
    await ann.says("/start p_" + str(product_id))
    assert "not for sale" in ann.text
    await olga.taps("Put on sale again")
    await ann.says("/start p_" + str(product_id))

    assert "Sencha" in ann.text


async def test_a_variant_is_added_from_the_product(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    olga = meet(OLGA)
    await olga.says("/products")

    await olga.taps("Sencha", "Variant")
    for said in ("Size", "50 g", "100 g"):
        await olga.says(said)
    await olga.taps("The same: €4.50")
    await olga.says("-3")
    assert "whole number" in olga.text
    await olga.says("7")

    assert "100 g is on sale" in olga.text
    assert [label for label in olga.keyboard if "€" in label] == ["50 g · €4.50 · 5", "100 g · €4.50 · 7"]
    await olga.taps("Variant")
    await olga.says("50 G")
    await olga.says("3")
    await olga.says("1")
    assert "this variant already" in olga.text
    await olga.says("1 kg")
    assert "What does this variant cost" in olga.text
    async with database.read() as session:
        assert (await session.get_one(Product, product_id)).option_label == "50 g"


async def test_a_product_in_variants_is_restocked_by_its_variants(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        parent, variants = await a_product_with_variants(session)
    olga = meet(OLGA)

    await olga.says(f"/restock {parent.sku} +5")

    assert "Choose one of them" in olga.text
    await olga.taps("Blue / Small", "Restock", "+1")
    assert "4 in stock" in olga.text
    assert await units(database, variants[0].id) == 4


async def test_an_operator_looks_after_everybodys_products(meet: Meet, database: Database) -> None:
    product_id = await tea(database)
    oscar = meet(OSCAR)

    await oscar.says("/restock TEA +1")

    assert "6 in stock" in oscar.text
    assert await units(database, product_id) == 6
