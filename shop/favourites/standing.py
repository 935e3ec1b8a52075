"""How products stand, variants added up: a bounded number of statements for any number of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product
from shop.catalog.offered import is_live, is_offered
from shop.favourites.rule import Standing
from shop.pricing import cost
from shop.stock.news import FREE


async def standings(session: AsyncSession, product_ids: Collection[int], now: datetime) -> dict[int, Standing]:
    """Each product that is on sale, by its id; two statements."""
    ids, price = sorted(product_ids), cost(now)
    alone = (
        select(Product.id, price, Product.currency, FREE)
        .outerjoin(Inventory, Inventory.product_id == Product.id)
        .where(Product.id.in_(ids), is_offered())
    )
    of_variants = (
        select(Product.parent_id, func.min(price), func.sum(FREE))
        .join(Inventory, Inventory.product_id == Product.id)
        .where(Product.parent_id.in_(ids), is_live())
        .group_by(Product.parent_id)
    )
    spread = {row[0]: (int(row[1]), int(row[2])) for row in await session.execute(of_variants)}
    found = {}
    for product_id, own, currency, free in await session.execute(alone):
        lowest, available = spread.get(product_id, (own, free))
        if available is not None:  # a parent whose variants are all off sale has no price
            found[product_id] = Standing(lowest, currency, max(available, 0))
    return found
