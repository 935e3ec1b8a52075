"""Quiet hours: a seller's news wait until they are over, for their staff and groups too; alarms about money do not."""

from datetime import datetime, tzinfo

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, SellerHours
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed
from shop.clock import next_at
from shop.notifications.outbox import STAFFS
from shop.notifications.sellers import SELLER_NEWS

HELD = "held: quiet hours"  # the error of news that wait for their end
ORDERS = frozenset({"new_order", "order_withdrawn", "cancel_wanted", "return_wanted", "price_wanted"})
CAN_WAIT = frozenset(SELLER_NEWS) - {"operator_alert"}

_HOURS = PreparedRead(
    select(SellerHours.quiet_from, SellerHours.quiet_to, SellerHours.orders_pass).where(
        SellerHours.user_id == bindparam("seller")
    )
)


async def held_until(db: Database, notification: Notification, zone: tzinfo, now: datetime) -> datetime | None:
    """When this may be told, in UTC; None: now. One statement, for news of sellers alone.

    A copy for staff was written when the seller's own news were told, so it does not wait again.
    """
    if notification.kind not in CAN_WAIT or STAFFS in notification.data:
        return None
    for begins, ends, orders_pass in await db.look(_HOURS, {"seller": notification.user_id}):
        if begins is not None and ends is not None and not (orders_pass and notification.kind in ORDERS):
            return quiet_until(begins, ends, now, zone)
    return None


def quiet_until(begins: int, ends: int, now: datetime, zone: tzinfo) -> datetime | None:
    """When the quiet in which `now` falls is over, in UTC; None where none is. Whole hours where the shop is."""
    hour = now.astimezone(zone).hour
    quiet = begins <= hour < ends if begins < ends else begins != ends and (hour >= begins or hour < ends)
    return next_at(ends, now, zone) if quiet else None


async def release(session: AsyncSession, user_id: int, *, now: datetime) -> None:
    """Let what waits be looked at again: the hours were changed."""
    waits = (
        Notification.user_id == user_id,
        Notification.sent_at.is_(None),
        Notification.dead_at.is_(None),
        Notification.error == HELD,
    )
    await changed(session, update(Notification).where(*waits).values(run_at=now, error=None))
