"""The shop's own seller, who has no chat: what was imported before an operator was named, until one takes it over."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import Notification, Role, User
from db.writes import changed
from shop.notifications.outbox import revive
from shop.people.handing_over import hand_over

IS_HOUSE = User.telegram_id.is_(None) & (User.role == Role.ADMIN)


async def take_over(session: AsyncSession, operators: Collection[int], *, now: datetime) -> bool:
    """Give the shop's own goods and orders to the first operator, who then hears of them; False when there are none.

    Where the operator has a product of the same SKU, the shop's gets its own id behind it.
    """
    house = await session.scalar(select(User).where(IS_HOUSE).order_by(User.id).limit(1))
    if house is None or not operators:
        return False
    first = min(operators)
    operator = await session.scalar(select(User).where(User.telegram_id == first))
    if operator is None:
        # not met yet: the row is theirs from now on, named as the shop; their first word makes them reachable
        house.telegram_id, house.updated_at = first, now
    else:
        await hand_over(session, house.id, operator.id, now=now)
        everything_said = update(Notification).where(Notification.user_id == house.id)
        await changed(session, everything_said.values(user_id=operator.id))
        await revive(session, operator.id, now=now)
        await session.delete(house)
    changes_of(session).everything = True
    await session.flush()
    return True
