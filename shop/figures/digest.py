"""The first look of the day comes by itself, to who chose an hour: once a day, or not at all."""

from datetime import UTC, datetime, timedelta
from functools import partial

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, Role, SellerHours, User
from db.session import Database
from db.writes import changed
from shop.clock import Clock, next_at
from shop.notifications.outbox import enqueue
from shop.policy import Policy

KIND = "digest"
STILL_MORNING = timedelta(hours=4)  # so late it may still come, when the shop was down or Telegram away
PAGE = 100


class _Due(Struct, frozen=True):
    user_id: int
    hour: int
    at: datetime
    sells: bool


async def send_digests(db: Database, clock: Clock, policy: Policy) -> int:
    """Write the look for everyone whose hour has come, and their next hour with it; how many (a flow)."""
    written = 0
    while due := await _due(db, clock.now(), policy):
        for one in due:
            written += await db.transact(partial(_write, one=one, policy=policy, now=clock.now()))
    return written


def is_late(notification: Notification, now: datetime) -> bool:
    """Whether this look comes so late that the next one will say it better."""
    return now > datetime.fromisoformat(notification.data["due"]) + STILL_MORNING


async def _due(db: Database, now: datetime, policy: Policy) -> list[_Due]:
    query = (
        select(SellerHours.user_id, SellerHours.digest_hour, SellerHours.digest_due, User.role, User.telegram_id)
        .join(User, User.id == SellerHours.user_id)
        .where(SellerHours.digest_due <= now, SellerHours.digest_hour.is_not(None))
        .order_by(SellerHours.digest_due)
        .limit(PAGE)
    )
    async with db.read() as session:
        return [
            _Due(user_id, hour, at, role is Role.ADMIN or telegram_id in policy.operators)
            for user_id, hour, at, role, telegram_id in await session.execute(query)
            if hour is not None and at is not None
        ]


async def _write(session: AsyncSession, *, one: _Due, policy: Policy, now: datetime) -> bool:
    """Move the hour on; who did it writes the look, unless the day has one or the morning is over."""
    still = (SellerHours.user_id == one.user_id, SellerHours.digest_due == one.at)
    following = next_at(one.hour, now, policy.timezone)
    if not await changed(session, update(SellerHours).where(*still).values(digest_due=following)):
        return False
    if not one.sells or now > one.at + STILL_MORNING:
        return False
    day = one.at.astimezone(policy.timezone).date()
    data = {"due": one.at.astimezone(UTC).isoformat()}
    key = f"{KIND}:{one.user_id}:{day.isoformat()}"
    return await enqueue(session, user_id=one.user_id, kind=KIND, data=data, dedupe_key=key, now=now)
