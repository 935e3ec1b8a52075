"""The categories that a file names, made where they are missing, with one look at the tree for all of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category
from shop.catalog.categories import TREE
from shop.jobs.queues import queue_up
from shop.products.draft import split_category

Place = tuple[int | None, str]  # the id of the category above, and the name in small letters


async def categories_for(
    session: AsyncSession, paths: Iterable[str], *, owner_id: int, now: datetime
) -> dict[str, int | None]:
    """The id of the category at each path ("Tea / Green"), made with those above it; None for an empty path."""
    wanted = {path: split_category(path) for path in paths}
    tree = await _tree(session)
    if any(_missing(names, tree) for names in wanted.values()):
        await queue_up(session, TREE, now=now)  # top-level names have no row above that could be locked
        tree = await _tree(session)
    last = await _last_positions(session)
    found: dict[str, int | None] = {}
    for path, names in wanted.items():
        above: int | None = None
        for name in names:
            place = (above, name.casefold())
            if place not in tree:
                last[above] = last.get(above, -1) + 1
                off = bool(await session.scalar(select(Category.off).where(Category.id == above)))
                category = Category(name=name, parent_id=above, position=last[above], off=off, owner_id=owner_id)
                session.add(category)
                await session.flush()
                tree[place] = category.id
            above = tree[place]
        found[path] = above
    return found


def _missing(names: tuple[str, ...], tree: dict[Place, int]) -> bool:
    above: int | None = None
    for name in names:
        if (above, name.casefold()) not in tree:
            return True
        above = tree[above, name.casefold()]
    return False


async def _tree(session: AsyncSession) -> dict[Place, int]:
    rows = await session.execute(select(Category.parent_id, Category.name, Category.id).order_by(Category.id.desc()))
    return {(parent_id, name.casefold()): category_id for parent_id, name, category_id in rows}


async def _last_positions(session: AsyncSession) -> dict[int | None, int]:
    rows = await session.execute(select(Category.parent_id, Category.position).order_by(Category.position))
    return {row[0]: row[1] for row in rows}
