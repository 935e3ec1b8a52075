"""Whose products a file holds: a named seller, else the first operator, else the shop itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Role, User
from shop import house
from shop.policy import Policy


async def find_seller(session: AsyncSession, telegram_id: int | None, policy: Policy) -> int | None:
    """The id of the seller's row: this Telegram id, else the first operator's, else the shop's own; None if not met."""
    chosen = _chosen(telegram_id, policy)
    if chosen is not None:
        met = await session.scalar(select(User.id).where(User.telegram_id == chosen))
        if met is not None or telegram_id is not None:
            return met
    return await session.scalar(select(User.id).where(house.IS_HOUSE).order_by(User.id).limit(1))


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
