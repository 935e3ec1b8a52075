"""A draft is neither shown nor sold by any door, and what belongs to it follows."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Notification, Product
from shop import carts, products, stock
from shop.catalog import get_product, guess, list_categories, list_products, search
from shop.messages.threads import of_product
from shop.products.variants import VariantDraft, add_variant
from shop.refusals import NotForSale, NotFound
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA, user

LATER = START.replace(hour=20)


async def test_a_draft_is_behind_no_door(session: AsyncSession) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    scarf, (blue, *_) = await a_product_with_variants(session, "Scarf")
    await carts.set_quantity(session, ann, blue.id, 1, now=START)

    await products.unpublish(session, olga, scarf.id, now=START)

    assert (await list_products(session, scarf.category_id, now=START)).items == ()
    assert await list_categories(session) == ()
    assert (await search(session, "scarf", now=START)).items == ()
    assert (await guess(session, "scorf", now=START)).items == ()
    line = (await carts.look(session, ann, now=START)).line(blue.id)
    assert line is not None
    assert not line.sellable
    for number in (scarf.id, blue.id):
        with pytest.raises(NotForSale):
            await get_product(session, number, now=START)
        with pytest.raises(NotForSale):
            await of_product(session, ann, number)
    with pytest.raises(NotForSale):
        await carts.set_quantity(session, ann, blue.id, 2, now=START)
    with pytest.raises(NotFound):
        await stock.watch(session, ann, blue.id, now=START)


async def test_nobody_unpublishes_what_is_not_theirs(session: AsyncSession) -> None:
    ivan, tea = await user(session, IVAN), await a_product(session)

    with pytest.raises(NotFound):
        await products.unpublish(session, ivan, tea.id, now=START)


async def test_a_draft_and_what_was_put_away_are_two_things_and_each_step_is_written_down(
    session: AsyncSession,
) -> None:
    olga, tea = await user(session, OLGA), await a_product(session)

    for change in (products.unpublish, products.unpublish, products.archive, products.unpublish, products.publish):
        await change(session, olga, tea.id, now=START)

    assert (tea.archived_at, tea.draft) == (None, False)
    events = await session.scalars(select(AdminEvent).order_by(AdminEvent.id))
    assert [(event.action, event.data["standing"]) for event in events] == [
        ("product.unpublished", ["on sale", "draft"]),
        ("product.archived", ["draft", "archived"]),
        ("product.unpublished", ["archived", "draft"]),
        ("product.published", ["draft", "on sale"]),
    ]


async def test_variants_of_a_draft_are_drafts_and_are_found_once_it_is_published(session: AsyncSession) -> None:
    olga = await user(session, OLGA)
    draft = products.ProductDraft(name="Kettle", price=4900, currency="EUR", quantity=1, category="Kitchen")
    kettle = await products.create(session, olga, draft, published=False, now=START)
    option = VariantDraft(label="Cream", price=4900, quantity=2, option_names="Colour", first_label="Blue")
    cream = await add_variant(session, olga, kettle.id, option, now=LATER)
    parent = await session.get_one(Product, cream.parent_id)
    assert [(one.archived_at, one.draft) for one in (parent, kettle, cream)] == [(START, True)] * 3
    assert (await search(session, "cream kettle", now=LATER)).items == ()

    await products.publish(session, olga, parent.id, now=LATER)

    assert [item.id for item in (await search(session, "cream kettle", now=LATER)).items] == [parent.id]
    assert [one.label for one in (await get_product(session, parent.id, now=LATER)).variants] == ["Blue", "Cream"]


async def test_who_waits_for_a_product_hears_of_it_when_it_is_published_not_before(session: AsyncSession) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    tea = await a_product(session, stock=0)
    await stock.watch(session, ann, tea.id, now=START)
    await products.unpublish(session, olga, tea.id, now=START)
    back = select(Notification.user_id).where(Notification.kind == "back_in_stock")

    await stock.receive(session, tea, 5, actor="test", note=None, now=START)
    assert list(await session.scalars(back)) == []
    await products.publish(session, olga, tea.id, now=START)

    assert list(await session.scalars(back)) == [ann.id]
