"""Who is told what when an order moves."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, OrderStatus
from shop.notifications.outbox import enqueue
from shop.orders.quotes import SELLER_KNOWS
from shop.orders.sights import follow

BY_HAND = frozenset({"cash", "transfer"})  # the seller confirms the money, so they hear of the order before it is paid


class OrderMoved(Struct, frozen=True):
    """A move that was just made."""

    order_id: int
    user_id: int
    owner_id: int
    payment_method: str | None
    was: OrderStatus
    to: OrderStatus
    actor: str
    quote: str | None = None  # where a price of sending stood that is agreed after the order

    @property
    def by_customer(self) -> bool:
        """Whether the customer did it themselves."""
        return self.actor.startswith("customer:")


async def tell(session: AsyncSession, moved: OrderMoved, *, now: datetime) -> None:
    """Write down everything that this move tells: the status card always, a message for what must not be missed."""
    data = {"order_id": moved.order_id}
    step = f"order:{moved.order_id}:{moved.was}>{moved.to}"
    kinds = ["order_card", *_messages(moved)]
    for kind in kinds:
        key = f"{step}:{kind}"
        await enqueue(session, user_id=moved.user_id, kind=kind, data=data, dedupe_key=key, now=now)
    await follow(session, moved.order_id, key=f"{moved.was}>{moved.to}", now=now)
    if moved.to is OrderStatus.PROCESSING:
        await tell_seller(session, moved.order_id, moved.owner_id, now=now)
    if moved.to is OrderStatus.CANCELLED and moved.by_customer and await _seller_knows(session, moved):
        key = f"{step}:order_withdrawn"
        await enqueue(session, user_id=moved.owner_id, kind="order_withdrawn", data=data, dedupe_key=key, now=now)


def _messages(moved: OrderMoved) -> list[str]:
    if moved.to is OrderStatus.SHIPPED:
        return ["order_shipped"]
    if moved.to is OrderStatus.CANCELLED and not moved.by_customer:
        expired = moved.was is OrderStatus.PENDING and moved.actor.startswith("system:")
        return ["order_expired" if expired else "order_cancelled"]
    return []


async def tell_card(session: AsyncSession, order_id: int, user_id: int, *, key: str, now: datetime) -> None:
    """Bring all that shows the order up to date without a move, the status card first; `key` names the change."""
    await enqueue(
        session,
        user_id=user_id,
        kind="order_card",
        data={"order_id": order_id},
        dedupe_key=f"order:{order_id}:{key}:order_card",
        now=now,
    )
    await follow(session, order_id, key=key, now=now)


async def tell_seller(session: AsyncSession, order_id: int, owner_id: int, *, now: datetime) -> None:
    """Tell the seller of a new order; once, whether it waits to be paid by hand or has just been paid."""
    await enqueue(
        session,
        user_id=owner_id,
        kind="new_order",
        data={"order_id": order_id},
        dedupe_key=_new_order(order_id),
        now=now,
    )


async def _seller_knows(session: AsyncSession, moved: OrderMoved) -> bool:
    if moved.quote in SELLER_KNOWS:  # they were asked for a price
        return True
    if moved.payment_method not in BY_HAND:
        return False
    told = select(Notification.id).where(Notification.dedupe_key == _new_order(moved.order_id))
    return await session.scalar(told) is not None


def _new_order(order_id: int) -> str:
    return f"order:{order_id}:new_order"
