"""Sellers offer, change and vary their products; never anybody else's."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category, Inventory, Notification, Product, Review, StockMovement
from db.session import Database
from shop import products, stock
from shop.catalog import get_product
from shop.people.permissions import operating
from shop.products import ProductChanges, ProductDraft
from shop.products.categories import category_for
from shop.products.restock import restock
from shop.products.variants import VariantDraft, add_variant
from shop.refusals import CannotRead, NotFound, SkuTaken, StockWouldGoNegative
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA, OSCAR, user

TEA = ProductDraft("Зелёный чай", 450, "EUR", quantity=5, category="Drinks / Tea")


async def test_a_new_product_is_on_sale_with_its_stock_explained(session: AsyncSession) -> None:
    olga = await user(session, OLGA)

    first = await products.create(session, olga, TEA, low_stock_at=2, now=START)
    second = await products.create(session, olga, TEA, now=START)

    assert (first.sku, second.sku) == ("ZELENYY-CHAY", "ZELENYY-CHAY-2")
    card = await get_product(session, first.id, now=START)
    assert (card.name, card.price, card.available) == ("Зелёный чай", 450, 5)
    assert (await session.get_one(Inventory, first.id)).low_stock_at == 2
    movements = await session.execute(
        select(StockMovement.product_id, func.sum(StockMovement.delta)).group_by(StockMovement.product_id)
    )
    assert {row[0]: row[1] for row in movements} == {first.id: 5, second.id: 5}
    assert first.category_id == second.category_id


async def test_a_given_sku_is_kept_or_refused(session: AsyncSession) -> None:
    olga, ivan = await user(session, OLGA), await user(session, IVAN)
    draft = ProductDraft("Tea", 450, "EUR", sku="T-1")

    await products.create(session, olga, draft, now=START)
    await products.create(session, ivan, draft, now=START)

    with pytest.raises(SkuTaken):
        await products.create(session, olga, draft, now=START)


async def test_nobody_touches_what_is_not_theirs_but_operators_do(session: AsyncSession) -> None:
    tea = await a_product(session, seller=OLGA, sku="TEA")
    ivan, oscar = await user(session, IVAN), await user(session, OSCAR)

    with pytest.raises(NotFound):
        await products.set_price(session, ivan, tea.id, 1, now=START)
    with pytest.raises(NotFound):
        await products.find_by_sku(session, ivan, "TEA")
    with pytest.raises(NotFound):
        await restock(session, ivan, "TEA", "+1", now=START)
    assert (await products.list_owned(session, ivan)).items == ()

    await products.set_price(session, operating(oscar), tea.id, 500, now=START)
    assert (await products.find_by_sku(session, operating(oscar), "tea")).product.price == 500


async def test_a_sku_of_two_sellers_is_not_guessed_for_an_operator(session: AsyncSession) -> None:
    await a_product(session, seller=OLGA, sku="TEA")
    await a_product(session, seller=IVAN, sku="TEA")

    with pytest.raises(CannotRead):
        await products.find_by_sku(session, operating(await user(session, OSCAR)), "TEA")


async def test_variants_follow_the_name_the_price_and_the_archive(session: AsyncSession) -> None:
    olga = await user(session, OLGA)
    parent, variants = await a_product_with_variants(session)
    await products.archive(session, olga, variants[0].id, now=START)

    await products.edit(session, olga, parent.id, ProductChanges(name="Shawl", price=100, category="A / B"), now=START)
    await products.archive(session, olga, parent.id, now=START.replace(hour=12))
    await products.unarchive(session, olga, parent.id, now=START.replace(hour=13))

    card = await get_product(session, parent.id, now=START)
    assert (card.name, card.price) == ("Shawl", 100)
    assert [variant.label for variant in card.variants] == ["Blue / Large", "Red / Small"]


async def test_restocking_adds_or_sets_and_tells_who_waited(session: AsyncSession) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    tea = await a_product(session, sku="TEA", stock=0)
    await stock.watch(session, ann, tea.id, now=START)

    assert (await restock(session, olga, "tea", "+10", now=START)).available == 10
    assert (await restock(session, olga, tea.id, "= 25", now=START)).available == 25

    told = list(await session.scalars(select(Notification.kind).where(Notification.user_id == ann.id)))
    assert told == ["back_in_stock"]
    await stock.hold(session, {tea.id: 20}, now=START)
    with pytest.raises(StockWouldGoNegative):
        await restock(session, olga, tea.id, "=19", now=START)


@pytest.mark.parametrize("change", ["", "10", "-3", "+0", "+abc", "=", "+1.5", "+99999999999", "=-1"])
async def test_a_change_that_cannot_be_read_changes_nothing(session: AsyncSession, change: str) -> None:
    tea = await a_product(session, stock=5)

    with pytest.raises(CannotRead):
        await restock(session, await user(session, OLGA), tea.id, change, now=START)


async def test_the_first_variant_is_the_product_itself_under_a_new_parent(session: AsyncSession) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    tea = await a_product(session, stock=5, sku="TEA")
    tea.rating_sum, tea.rating_count = 5, 1
    await session.flush()

    big = VariantDraft("Big", 900, 2, option_names="Size", first_label="Small")
    await add_variant(session, olga, tea.id, big, now=START)
    await add_variant(session, olga, tea.id, VariantDraft("Huge", 1500, 1), now=START)

    card = await get_product(session, tea.id, now=START)
    assert (card.sku, card.rating_average, card.chosen and card.chosen.id) == ("TEA-ALL", 5.0, tea.id)
    assert [(each.label, each.price, each.available) for each in card.variants] == [
        ("Small", 450, 5),
        ("Big", 900, 2),
        ("Huge", 1500, 1),
    ]
    assert await session.scalar(select(func.count()).select_from(Review)) == 0
    assert ann.id != card.owner_id
    with pytest.raises(CannotRead):
        await add_variant(session, olga, tea.id, VariantDraft("big", 1, 1), now=START)


async def test_the_same_new_category_is_made_once_by_two_at_a_time(database: Database) -> None:
    async with database.begin() as session:
        olga_id = (await user(session, OLGA)).id

    async def make(_: int) -> int | None:
        return await database.transact(
            lambda session: category_for(session, "Drinks / Tea", owner_id=olga_id, now=START)
        )

    ids = await asyncio.gather(*(make(number) for number in range(6)))

    assert len(set(ids)) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Category)) == 2


async def test_pages_of_ones_own_products_lead_to_older_and_newer_ones(session: AsyncSession) -> None:
    olga = await user(session, OLGA)
    ids = [(await a_product(session, f"Tea {number}")).id for number in range(5)][::-1]
    await a_product(session, seller=IVAN)

    first = await products.list_owned(session, olga, limit=2)
    second = await products.list_owned(session, olga, after_id=first.items[-1].product.id, limit=2)
    back = await products.list_owned(session, olga, before_id=second.items[0].product.id, limit=2)

    assert [item.product.id for item in (*first.items, *second.items)] == ids[:4]
    assert (first.has_newer, first.has_older, second.has_newer, second.has_older) == (False, True, True, True)
    assert [item.product.id for item in back.items] == ids[:2]


async def test_a_picture_is_remembered_for_its_bot(session: AsyncSession) -> None:
    tea = await a_product(session, image_url="tea.jpg")

    await products.remember_file_id(session, tea.id, "tea.jpg", 77, "file-1")
    await products.remember_file_id(session, tea.id, "the-one-before.jpg", 77, "file-0")

    await session.refresh(tea)
    assert (tea.photo_bot_id, tea.photo_file_id) == (77, "file-1")
    assert (await session.get_one(Product, tea.id)).sku == tea.sku
