"""A person's checkouts wait for each other at the row of their cart, and so does leaving the shop."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, User
from db.writes import changed, insert_once


async def lock(session: AsyncSession, user_id: int, now: datetime) -> None:
    """Hold the cart until the transaction ends; its version stays, for a summary of it that is open.

    Who has none yet is waited for at their own row first: two who make the cart at once would hold it against each
    other in MariaDB, each with its half of the row and of the key to it.
    """
    locks = update(Cart).where(Cart.user_id == user_id).values(version=Cart.version)
    if not await changed(session, locks):
        await session.scalar(select(User.id).where(User.id == user_id).with_for_update())
        await insert_once(session, Cart, user_id=user_id, version=0, updated_at=now)
        await changed(session, locks)
