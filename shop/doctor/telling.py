"""What was decided is told, and what Telegram delivered is handled."""

from datetime import datetime, timedelta

from sqlalchemy import String, and_, case, cast, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, Order, OrderEvent, TelegramUpdate
from db.models.subscription import RENEWED
from shop.doctor.finding import SET_ASIDE, Finding, some
from shop.notifications.outbox import STUMBLED

RECENT = timedelta(days=30)
LATE = timedelta(hours=1)
PATIENCE = timedelta(minutes=15)


async def moves_are_told(session: AsyncSession, now: datetime) -> list[Finding]:
    """Every move of the last month has the message that tells the customer, in the outbox."""
    corrected = literal("event:") + cast(OrderEvent.id, String(20))  # it moved nowhere: see shop/orders/moves.py
    moved = OrderEvent.from_status + ">" + OrderEvent.to_status
    what = case((OrderEvent.from_status == OrderEvent.to_status, corrected), else_=moved)
    key = literal("order:") + cast(OrderEvent.order_id, String(20)) + ":" + what + ":order_card"
    query = (
        select(OrderEvent.order_id, OrderEvent.from_status, OrderEvent.to_status)
        .join(Order, Order.id == OrderEvent.order_id)
        .outerjoin(Notification, Notification.dedupe_key == key)
        .where(OrderEvent.from_status.is_not(None), OrderEvent.created_at > now - RECENT, Notification.id.is_(None))
        .where(Order.month.is_distinct_from(RENEWED))  # told by its subscription
        .order_by(OrderEvent.id)
    )
    return [
        Finding(
            "moves_are_told",
            f"order {order_id}",
            f"it moved from {was} to {to}, and no message about it was ever written",
            "Tell the customer; such a move was not made by the shop",
        )
        for order_id, was, to in await some(session, query)
    ]


async def messages_leave(session: AsyncSession, now: datetime) -> list[Finding]:
    """Messages leave the outbox within the hour, or are given up because nobody can be reached."""
    late = and_(Notification.dead_at.is_(None), Notification.run_at < now - LATE)
    aside = and_(Notification.dead_at > now - RECENT, Notification.error.startswith(STUMBLED))
    query = (
        select(Notification.id, Notification.kind, Notification.user_id, Notification.error, Notification.dead_at)
        .where(Notification.sent_at.is_(None), or_(late, aside))
        .order_by(Notification.id)
    )
    return [
        Finding(
            "messages_leave",
            f"notification {notification_id} for user {user_id}",
            f"{kind} "
            + ("waits for more than an hour" if dead_at is None else "is set aside")
            + (f" ({error})" if error else ""),
            "Is the shop running, and does Telegram answer? The log says why it waits"
            if dead_at is None
            else SET_ASIDE,
        )
        for notification_id, kind, user_id, error, dead_at in await some(session, query)
    ]


async def updates_are_handled(session: AsyncSession, now: datetime) -> list[Finding]:
    """Updates that carry money are handled within minutes."""
    query = (
        select(TelegramUpdate.update_id, TelegramUpdate.kind, TelegramUpdate.error, TelegramUpdate.dead_at)
        .where(
            TelegramUpdate.done_at.is_(None),
            or_(TelegramUpdate.received_at < now - PATIENCE, TelegramUpdate.dead_at.is_not(None)),
        )
        .order_by(TelegramUpdate.update_id)
    )
    return [
        Finding(
            "updates_are_handled",
            f"update {update_id}",
            f"Telegram delivered {kind}, and it is "
            + ("not handled yet" if dead_at is None else "set aside")
            + (f" ({error})" if error else ""),
            "Is the shop running? If it is, read the log for this update" if dead_at is None else SET_ASIDE,
        )
        for update_id, kind, error, dead_at in await some(session, query)
    ]
