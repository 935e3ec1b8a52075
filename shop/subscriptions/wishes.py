"""What Telegram is still to be told about subscriptions: rows that are due, each claimed by one worker."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Subscription, User
from db.writes import changed
from shop.jobs import tries

CLAIM = timedelta(minutes=2)  # longer than a call with its retries


class Wished(Struct, frozen=True):
    """What is to be told about one subscription; without `telegram_id` there is nobody to tell it of."""

    id: int
    wish: str
    telegram_id: int | None
    charge_id: str


async def due(session: AsyncSession, *, now: datetime, limit: int) -> list[int]:
    """Those whose turn it is, the oldest first."""
    query = select(Subscription.id).where(Subscription.wish.is_not(None), Subscription.run_at <= now)
    return list(await session.scalars(query.order_by(Subscription.run_at, Subscription.id).limit(limit)))


async def claim(session: AsyncSession, subscription_id: int, *, now: datetime) -> Wished | None:
    """Take one to work on; None when somebody else does, or nothing is wished any more."""
    this = (Subscription.id == subscription_id, Subscription.wish.is_not(None), Subscription.run_at <= now)
    values = {"run_at": now + CLAIM, "tries": Subscription.tries + 1}
    if not await changed(session, update(Subscription).where(*this).values(values)):
        return None
    query = (
        select(Subscription.id, Subscription.wish, User.telegram_id, Subscription.charge_id)
        .join(User, User.id == Subscription.user_id)
        .where(Subscription.id == subscription_id)
    )
    number, wish, telegram_id, charge_id = (await session.execute(query)).one()
    return Wished(number, wish or "", telegram_id, charge_id)


async def done(session: AsyncSession, told: Wished, *, now: datetime) -> bool:
    """It was told; False when something else is wished by now."""
    same = (Subscription.id == told.id, Subscription.wish == told.wish)
    values = {"wish": None, "run_at": None, "tries": 0, "updated_at": now}
    return await changed(session, update(Subscription).where(*same).values(values)) == 1


async def later(session: AsyncSession, told: Wished, *, now: datetime) -> int:
    """Telegram did not answer: it is told again later and later; how often it was tried."""
    tried = await session.scalar(select(Subscription.tries).where(Subscription.id == told.id)) or 1
    same = (Subscription.id == told.id, Subscription.wish == told.wish)
    values = {"run_at": tries.next_try(tried, now=now)}
    await changed(session, update(Subscription).where(*same).values(values))
    return tried
