"""Whose products a file holds: a named seller, else who has them already, else the first operator or the shop."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, Role, User
from shop.importing.stored import batches
from shop.people import house
from shop.policy import Policy


class Seller(Struct, frozen=True):
    """Somebody with products; the shop itself has no Telegram id."""

    id: int
    telegram_id: int | None
    name: str
    products: int = 0


class SeveralSellers(Exception):  # noqa: N818  a question, not an error
    """It is not clear whose goods a file holds: these have about as many of its SKUs."""

    def __init__(self, sellers: list[Seller]) -> None:
        super().__init__(f"the goods of {len(sellers)} sellers")
        self.sellers = sellers


async def sellers(session: AsyncSession) -> list[Seller]:
    """Everybody with products, archived ones too, who has most first; variants are not counted."""
    count = func.count().label("count")
    query = (
        select(User.id, User.telegram_id, User.name, count)
        .join(Product, Product.owner_id == User.id)
        .where(Product.parent_id.is_(None))
        .group_by(User.id, User.telegram_id, User.name)
        .order_by(count.desc(), User.id)
    )
    return [Seller(*row) for row in await session.execute(query)]


async def find_seller(session: AsyncSession, telegram_id: int | None, policy: Policy) -> int | None:
    """The id of the seller's row: this Telegram id, else the first operator's, else the shop's own; None if not met."""
    chosen = _chosen(telegram_id, policy)
    if chosen is not None:
        met = await session.scalar(select(User.id).where(User.telegram_id == chosen))
        if met is not None or telegram_id is not None:
            return met
    return await session.scalar(select(User.id).where(house.IS_HOUSE).order_by(User.id).limit(1))


async def find_holder(session: AsyncSession, skus: Iterable[str], policy: Policy) -> int | None:
    """Who has at least half of these SKUs already; else as `find_seller`. Raises SeveralSellers when several have."""
    wanted = sorted(set(skus))
    held: Counter[int] = Counter()
    for some in batches(wanted):
        query = select(Product.owner_id, func.count()).where(Product.sku.in_(some)).group_by(Product.owner_id)
        held.update({row[0]: row[1] for row in await session.execute(query)})
    most = [owner_id for owner_id, count in held.items() if count * 2 >= len(wanted)]
    if len(most) > 1:
        raise SeveralSellers([each for each in await sellers(session) if each.id in most])
    return most[0] if most else await find_seller(session, None, policy)


async def make_seller(session: AsyncSession, telegram_id: int | None, policy: Policy, *, now: datetime) -> int:
    """As `find_seller`, and writes down one that we have not met; what the shop itself has goes to its operator."""
    await house.take_over(session, policy.operators, now=now)
    found = await find_seller(session, telegram_id, policy)
    if found is not None:
        return found
    telegram_id = _chosen(telegram_id, policy)
    seller = User(
        telegram_id=telegram_id,
        name=policy.shop_name,  # who sells is named to customers, and this person has not spoken yet
        role=Role.ADMIN,
        reachable=telegram_id is not None,
        created_at=now,
        updated_at=now,
    )
    session.add(seller)
    await session.flush()
    return seller.id


def _chosen(telegram_id: int | None, policy: Policy) -> int | None:
    return telegram_id or min(policy.operators, default=None)
