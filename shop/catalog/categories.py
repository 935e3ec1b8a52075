"""Reading the tree of categories."""

from sqlalchemy import and_, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Category, Product
from shop.catalog.cards import OPTION_SEPARATOR, CategoryCard

TREE = "categories"  # where those who change the tree queue (shop/jobs/queues.py); its row says when it last changed
MOST = 5_000  # categories at one level that anybody can turn the pages of
DEEPEST = 12  # a path longer than this is a loop made by hand


async def list_categories(
    session: AsyncSession,
    parent_id: int | None = None,
    *,
    include_empty: bool = False,
    limit: int = MOST,
    offset: int = 0,
) -> tuple[CategoryCard, ...]:
    """The categories right below one (None: at the top), in their order; one query.

    Without `include_empty`, those that are hidden, and those with neither products on sale nor categories below that
    are shown, are left out.
    """
    child = aliased(Category)
    products = (
        select(Product.id)
        .where(Product.category_id == Category.id, Product.parent_id.is_(None), Product.archived_at.is_(None))
        .correlate(Category)
        .exists()
    )
    below = select(child.id).where(child.parent_id == Category.id)
    children = (below if include_empty else below.where(~child.off)).correlate(Category).exists()
    query = select(
        *(Category.id, Category.name, Category.parent_id, Category.texts),
        products.label("products"),
        children.label("children"),
    )
    query = query.where(Category.parent_id.is_(None) if parent_id is None else Category.parent_id == parent_id)
    if not include_empty:
        query = query.where(~Category.off, or_(products, children))
    rows = await session.execute(query.order_by(Category.position, Category.id).limit(limit).offset(offset))
    return tuple(
        CategoryCard(row.id, row.name, row.parent_id, bool(row.products), bool(row.children), texts=row.texts)
        for row in rows
    )


async def category_path(session: AsyncSession, category_id: int | None) -> tuple[CategoryCard, ...]:
    """The category and everything above it, from the top down; empty when there is no such category; one query."""
    if category_id is None:
        return ()
    columns = (Category.id, Category.name, Category.parent_id, Category.hidden, Category.texts)
    start = select(*columns).where(Category.id == category_id)
    above = start.add_columns(literal(0).label("depth")).cte("above", recursive=True)
    step = select(*columns, above.c.depth + 1).join(
        above, and_(Category.id == above.c.parent_id, above.c.depth < DEEPEST)
    )
    above = above.union_all(step)
    rows = await session.execute(select(above).order_by(above.c.depth.desc()))
    return tuple(
        CategoryCard(
            row.id,
            row.name,
            row.parent_id,
            has_products=False,
            has_children=row.depth > 0,
            hidden=bool(row.hidden),
            texts=row.texts,
        )
        for row in rows
    )


async def shown_path(session: AsyncSession, category_id: int | None) -> tuple[CategoryCard, ...]:
    """The same for who browses: of what is hidden, or below what is, there is none."""
    path = await category_path(session, category_id)
    return () if any(card.hidden for card in path) else path


async def named_path(session: AsyncSession, category_id: int) -> str:
    """The names from the top down: "Tea / Green"; empty when there is no such category; one query."""
    return OPTION_SEPARATOR.join(card.name for card in await category_path(session, category_id))


async def category_paths(session: AsyncSession) -> dict[int, str]:
    """Every category as a path ("Tea / Green") by id; one query."""
    rows = {row.id: row for row in await session.execute(select(Category.id, Category.name, Category.parent_id))}
    paths: dict[int, str] = {}
    for row in rows.values():
        names, node = [row.name], row
        while node.parent_id in rows and len(names) < len(rows):
            node = rows[node.parent_id]
            names.append(node.name)
        paths[row.id] = OPTION_SEPARATOR.join(reversed(names))
    return paths
