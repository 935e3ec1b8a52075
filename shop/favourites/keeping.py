"""A person's favourites: putting in, taking out, turning the pages."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Favourite, Product, User
from db.writes import changed, insert_once
from shop.catalog.offered import is_offered
from shop.favourites.standing import standings
from shop.refusals import NotForSale

MOST = 100  # of one person


async def add(session: AsyncSession, user: User, product_id: int, *, now: datetime) -> bool:
    """The person likes this product (never a variant); False when they like too many already. Raises NotForSale."""
    standing = (await standings(session, [product_id], now)).get(product_id)
    if standing is None:
        raise NotForSale(product="")
    mine = select(func.count()).select_from(Favourite).where(Favourite.user_id == user.id)
    if int(await session.scalar(mine) or 0) >= MOST:
        return False
    await insert_once(
        session,
        Favourite,
        user_id=user.id,
        product_id=product_id,
        seen_price=standing.price,
        is_out=standing.available <= 0,
        told_at=now,
        checked_at=now,
        created_at=now,
    )
    return True


async def remove(session: AsyncSession, user: User, product_id: int) -> None:
    """Not any more; done twice, it is done once."""
    mine = (Favourite.user_id == user.id, Favourite.product_id == product_id)
    await changed(session, delete(Favourite).where(*mine))


async def list_page(session: AsyncSession, user: User, *, page: int, limit: int) -> tuple[list[int], bool]:
    """The products (ids) on a page from 0 of what they like and is on sale, newest first; whether there are more."""
    query = (
        select(Favourite.product_id)
        .join(Product, Product.id == Favourite.product_id)
        .where(Favourite.user_id == user.id, is_offered())
        .order_by(Favourite.id.desc())
    )
    found = list(await session.scalars(query.offset(page * limit).limit(limit + 1)))
    return found[:limit], len(found) > limit
