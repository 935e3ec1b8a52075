"""A seller puts the tree of categories in order, in the chat."""

import pytest
from sqlalchemy import select

from bot.screens.selling.categories.buttons import (
    ChangeCategory,
    DeleteCategory,
    HideCategory,
    MoveCategory,
    RenameCategory,
)
from db.models import AdminEvent, Category, Product
from db.session import Database
from shop.people.handing_over import hand_over
from tests.bot.conftest import Meet
from tests.world.clock import START
from tests.world.counting import statements
from tests.world.goods import a_category, a_product
from tests.world.people import ANN, IVAN, OLGA, OSCAR, user

pytestmark = pytest.mark.one_database


async def _names(database: Database) -> dict[str, Category]:
    async with database.read() as session:
        return {row.name: row for row in await session.scalars(select(Category))}


async def test_a_seller_makes_renames_nests_orders_and_deletes_categories(meet: Meet, database: Database) -> None:
    olga, ann = meet(OLGA), meet(ANN)
    async with database.begin() as session:
        await a_product(session, "Sencha", category=await a_category(session, "Tea"))

    await olga.says("/categories")
    await olga.taps("New one here")
    await olga.says("Herbs / Roots")
    assert "Write one name" in olga.text
    await olga.says("tea")
    assert "There is a category of this name already" in olga.text
    await olga.says("Drinks")
    assert "Made" in olga.text
    await olga.taps("Drinks", "New one here")
    await olga.says("Cold")

    await olga.says("/categories")
    await olga.taps("Tea", "Change it", "Move to…")
    await olga.says("rin")
    await olga.taps("Drinks")
    assert "Moved" in olga.text
    assert "Drinks / Tea" in olga.text
    await olga.taps("To place 1")
    assert "Place: 1 of 2" in olga.text
    await olga.taps("Rename")
    await olga.says("Teas")
    assert "Drinks / Teas" in olga.text
    await olga.taps("Delete")
    assert "Only an empty one" in olga.text

    await ann.says("/catalogue")
    await ann.taps("Drinks", "Teas")
    assert any("Sencha" in label for label in ann.keyboard)

    await olga.says("/categories")
    await olga.taps("Drinks", "Cold", "Change it", "Delete", "Yes, delete")
    assert "Deleted" in olga.text
    assert set(await _names(database)) == {"Drinks", "Teas"}
    await olga.says("/log products")
    assert "Drinks / Cold → –" in olga.text
    assert "Tea → Drinks / Tea" in olga.text
    async with database.read() as session:
        actions = list(await session.scalars(select(AdminEvent.action).order_by(AdminEvent.id)))
    assert actions == [
        "category.created",
        "category.created",
        "category.moved",
        "category.placed",
        "category.renamed",
        "category.deleted",
    ]


async def test_a_category_with_goods_of_others_is_changed_by_operators_alone(meet: Meet, database: Database) -> None:
    ivan, oscar, ann = meet(IVAN), meet(OSCAR), meet(ANN)
    async with database.begin() as session:
        above = await a_category(session, "Drinks")
        tea = await a_category(session, "Tea", inside=above)
        await a_product(session, "Sencha", seller=OLGA, category=tea)
        await a_product(session, "Mate", seller=IVAN, category=await a_category(session, "Mine"))
    await ann.says("/categories")
    assert "Catalogue" in ann.text
    await ivan.says("/categories")
    await ivan.taps("Drinks", "Change it")
    assert "only an operator changes it" in ivan.text
    assert not any("Rename" in label for label in ivan.keyboard)
    for forged in (RenameCategory(above.id), MoveCategory(tea.id, None), DeleteCategory(tea.id)):
        for who in (ivan, ann):
            await who.forges(forged.pack())
    await ann.forges(ChangeCategory(tea.id).pack())
    assert "Products in it" not in ann.text
    assert (await _names(database))["Tea"].parent_id == above.id

    await oscar.says("/categories")
    await oscar.taps("Drinks", "Tea", "Change it", "Move to…", "At the top")
    assert "Moved" in oscar.text
    assert (await _names(database))["Tea"].parent_id is None


async def test_a_thousand_categories_are_paged_and_found_by_a_piece_of_the_name(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    async with database.begin() as session:
        session.add_all(Category(name=f"Shelf {number}", parent_id=None, position=number) for number in range(1_000))
    await olga.says("/categories")
    assert "1,000 categories" in olga.text
    assert len(olga.keyboard) < 12
    await olga.taps("Next", "Shelf 7", "Change it", "Move to…")
    await olga.says("shelf 99")
    assert "write more of the name" in olga.text
    await olga.says("shelf 999")
    await olga.taps("Shelf 999")
    assert "Shelf 999 / Shelf 7" in olga.text


async def test_a_product_is_hung_on_any_of_a_thousand_categories(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        session.add_all(Category(id=number, name=f"Shelf {number}", position=number) for number in range(1, 1_001))
        await session.flush()
        session.add(Category(id=2_000, name="Left", parent_id=9, position=0))
        product = await a_product(session, "Sencha", sku="TEA")
    olga = meet(OLGA)

    await olga.says("/edit TEA")
    with statements(database) as asked:
        await olga.taps("Category")
        await olga.taps("Next")
    assert not [one for one in asked if "categories" in one and "LIMIT" not in one and "above" not in one]
    assert [label for label in olga.keyboard if "Shelf" in label] == [
        f"Shelf {n}" + (" ›" if n == 9 else "") for n in range(8, 16)
    ]
    await olga.taps("Shelf 9 ›")
    assert olga.keyboard[:3] == ["✓ Shelf 9", "⤴", "Left"]
    await olga.taps("Left")
    assert (await _of(database, product.id)) == 2_000
    await olga.says("/edit TEA")
    await olga.taps("Category", "Shelf 3")
    assert (await _of(database, product.id)) == 3
    await olga.says("/addproduct")
    await olga.taps("Skip")
    await olga.says("Bancha")
    await olga.taps("Next", "Shelf 9", "✓")
    assert "What does it cost" in olga.text
    await olga.taps("Back")
    assert "Now: Shelf 9" in olga.text


async def _of(database: Database, product_id: int) -> int | None:
    async with database.read() as session:
        return await session.scalar(select(Product.category_id).where(Product.id == product_id))


async def test_what_somebody_made_is_renamed_by_nobody_else_while_it_is_empty(meet: Meet, database: Database) -> None:
    olga, ivan, oscar = meet(OLGA), meet(IVAN), meet(OSCAR)
    async with database.begin() as session:
        await a_product(session, "Mate", seller=IVAN, category=await a_category(session, "Mine"))
    await olga.says("/categories")
    await olga.taps("New one here")
    await olga.says("Olga's own")

    await ivan.says("/categories")
    await ivan.taps("Olga's own", "Change it")
    assert "only an operator changes it" in ivan.text
    made = (await _names(database))["Olga's own"]
    for forged in (RenameCategory(made.id), HideCategory(made.id, hidden=True), DeleteCategory(made.id)):
        await ivan.forges(forged.pack())
    assert (await _names(database))["Olga's own"].hidden is False

    async with database.begin() as session:  # goods of his in it, none of anybody else's: then he may
        await a_product(session, "Cup", seller=IVAN, category=await session.get_one(Category, made.id))
    await ivan.forges(HideCategory(made.id, hidden=True).pack())
    assert (await _names(database))["Olga's own"].hidden is True
    await oscar.says("/start")
    await oscar.forges(HideCategory(made.id, hidden=False).pack())
    assert (await _names(database))["Olga's own"].hidden is False


async def test_who_takes_over_a_shop_takes_over_its_empty_categories(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/categories")
    await olga.taps("New one here")
    await olga.says("Empty")
    async with database.begin() as session:
        giver, taker = await user(session, OLGA), await user(session, IVAN)
        await hand_over(session, giver.id, taker.id, now=START)
        taken = taker.id
    assert (await _names(database))["Empty"].owner_id == taken
