"""Whose products a file holds: a named seller, else the first operator, else the shop itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Role, User
from shop.policy import Policy


async def find_seller(session: AsyncSession, telegram_id: int | None, policy: Policy) -> int | None:
    """The id of the seller's row: this Telegram id, else the first operator's, else the shop's own; None if not met."""
    telegram_id = _chosen(telegram_id, policy)
    mine = User.telegram_id == telegram_id
    if telegram_id is None:  # the shop itself: a seller without a chat
        mine = User.telegram_id.is_(None) & (User.role == Role.ADMIN)
    return await session.scalar(select(User.id).where(mine).order_by(User.id).limit(1))


async def make_seller(session: AsyncSession, telegram_id: int | None, policy: Policy, *, now: datetime) -> int:
    """As `find_seller`, and writes down one that we have not met."""
    found = await find_seller(session, telegram_id, policy)
    if found is not None:
        return found
    telegram_id = _chosen(telegram_id, policy)
    seller = User(
        telegram_id=telegram_id,
        name=policy.shop_name if telegram_id is None else "",
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
