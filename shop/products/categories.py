"""Category paths such as "Tea / Green", created on demand and never twice."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category
from shop.catalog.categories import TREE
from shop.jobs.queues import queue_up
from shop.products.draft import split_category


async def category_for(session: AsyncSession, path: str, *, owner_id: int, now: datetime) -> int | None:
    """The id of the category at `path`, made for the seller if missing, together with those above it; None for an
    empty path.

    Names are compared without case.
    """
    names = split_category(path)
    if not names:
        return None
    found, missing = await _walk(session, names)
    if missing:
        # Top-level names have no parent row that could be locked.
        await queue_up(session, TREE, now=now)
        found, missing = await _walk(session, names)
    for name in missing:
        found = await _make(session, name, found, owner_id)
    return found


async def _walk(session: AsyncSession, names: tuple[str, ...]) -> tuple[int | None, tuple[str, ...]]:
    """As far down as the path exists: the last id, and the names that are not there yet."""
    parent: int | None = None
    for index, name in enumerate(names):
        below = Category.parent_id.is_(None) if parent is None else Category.parent_id == parent
        same = select(Category.id, Category.name).where(below).order_by(Category.id)
        match = await session.scalar(same.where(Category.name == name).limit(1))
        if match is None:  # written in another case, perhaps, which databases fold in ways of their own
            rows = await session.execute(same)
            match = next((row.id for row in rows if row.name.casefold() == name.casefold()), None)
        if match is None:
            return parent, names[index:]
        parent = match
    return parent, ()


async def _make(session: AsyncSession, name: str, parent: int | None, owner_id: int) -> int:
    below = Category.parent_id.is_(None) if parent is None else Category.parent_id == parent
    last = await session.scalar(select(func.max(Category.position)).where(below))
    off = bool(await session.scalar(select(Category.off).where(Category.id == parent)))
    category = Category(
        name=name, parent_id=parent, position=0 if last is None else last + 1, off=off, owner_id=owner_id
    )
    session.add(category)
    await session.flush()
    return category.id
