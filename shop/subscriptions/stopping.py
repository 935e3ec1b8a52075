"""Stopping: what is charged no more, written down here; Telegram is told by a worker (see wishes)."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Subscription, SubscriptionState
from db.writes import changed
from shop.subscriptions.rule import SHOP, STOP


async def stop(session: AsyncSession, *which: ColumnElement[bool], by: str = SHOP, now: datetime) -> int:
    """Let those of these subscriptions that last end with what is paid; how many. Stopped twice is stopped once."""
    lasting = (Subscription.state != SubscriptionState.ENDED, or_(Subscription.stopped_by.is_(None), ~_final()))
    values = {
        "state": SubscriptionState.CANCELLED,
        "stopped_by": by,
        "wish": STOP,
        "tries": 0,
        "run_at": now,
        "updated_at": now,
    }
    return await changed(session, update(Subscription).where(*which, *lasting).values(values))


def _final() -> ColumnElement[bool]:
    return Subscription.stopped_by == SHOP
