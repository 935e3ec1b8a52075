"""Sellers find their own: among few however many others have, and what runs low however much of it others have."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product
from shop import products
from shop.people.permissions import ALL, Acting, operating
from shop.products.low import list_low
from tests.world.goods import a_product
from tests.world.people import IVAN, OLGA, OSCAR, user


async def found(session: AsyncSession, by: Acting, few: int, text: str, **turn: int) -> list[str]:
    page = await products.list_owned(session, by, called=text, limit=2, few=few, **turn)
    return [item.product.name for item in page.items]


@pytest.mark.parametrize("few", [1_000, 0])
async def test_one_s_own_are_found_among_few_and_among_many_alike(session: AsyncSession, few: int) -> None:
    """`few` says which way it goes; what is found, and in which order, is the same."""
    ivan = await user(session, IVAN)
    by, made = Acting(ivan.id, ivan.id, ALL), dict[str, Product]()
    for name in ("Teapot", "Tea of spring", "Coffee", "Green tea", "Steamer"):
        made[name] = await a_product(session, name, seller=IVAN)
        await a_product(session, f"{name} of Olga")

    assert await found(session, by, few, "tea") == ["Tea of spring", "Green tea"]
    assert await found(session, by, few, "tea", after_id=made["Green tea"].id) == ["Teapot", "Coffee"], (
        "by its shelf, too"
    )
    assert await found(session, by, few, "tea", before_id=made["Teapot"].id) == ["Tea of spring", "Green tea"]
    assert await found(session, by, few, "tea spring") == ["Tea of spring"]
    assert await found(session, by, few, "eame") == ["Steamer"], "pieces of words, where no word answers"
    assert await found(session, by, few, "olga") == []
    assert await found(session, by, few, "") == ["Steamer", "Green tea"]


@pytest.mark.parametrize("looked_at", [300, 2])
async def test_what_runs_low_is_found_behind_what_others_have_run_out_of(session: AsyncSession, looked_at: int) -> None:
    olga, ivan, oscar = [await user(session, who) for who in (OLGA, IVAN, OSCAR)]
    for name in ("Cup", "Pot", "Jug"):
        await a_product(session, name, stock=0, seller=IVAN)
    tea = await a_product(session, "Tea", stock=3, low_stock_at=3)
    await a_product(session, "Coffee", stock=4, low_stock_at=3)

    hers = await list_low(session, Acting(olga.id, olga.id, ALL), limit=2, looked_at=looked_at)
    everybodys = await list_low(session, operating(oscar), limit=3, looked_at=looked_at)
    rest = await list_low(session, operating(oscar), limit=3, page=1, looked_at=looked_at)

    assert [(one.id, one.title, one.left) for one in hers.items] == [(tea.id, "Tea", 3)]
    assert [(one.title, one.left) for one in everybodys.items] == [("Cup", 0), ("Pot", 0), ("Jug", 0)]
    assert everybodys.has_more
    assert [one.title for one in rest.items] == ["Tea"]
    assert (await list_low(session, Acting(ivan.id, ivan.id, ALL), limit=5)).items[0].title == "Cup"
