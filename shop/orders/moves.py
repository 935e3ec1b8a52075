"""Moving an order on a person's word: cancelled, shipped, completed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderEvent, OrderStatus, User
from db.writes import changed
from shop import stock
from shop.carriers import Tracked
from shop.carriers import read as read_tracking
from shop.forms.writing import one_line
from shop.orders.lifecycle import move
from shop.orders.news import tell_card
from shop.orders.quotes import OFFERED, PRICE_DECLINED
from shop.orders.reading import get_for_customer, get_for_owner, units_of
from shop.orders.refusals import wrong_status
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.policy import Carrier
from shop.refusals import WrongStatus

REASON_LENGTH = 255
TRACKING_LENGTH = 128


async def cancel_pending(
    session: AsyncSession,
    order_id: int,
    *,
    actor: str,
    cause: str,
    reason: str | None = None,
    only_if: ColumnElement[bool] | None = None,
    now: datetime,
) -> bool:
    """Cancel an order that is not paid and let go of its stock; False when it is pending no more."""
    if not await move(
        session,
        order_id,
        OrderStatus.CANCELLED,
        from_=OrderStatus.PENDING,
        actor=actor,
        cause=cause,
        only_if=only_if,
        cancel_reason=one_line(reason or cause)[:REASON_LENGTH],
        now=now,
    ):
        return False
    await stock.release(session, await units_of(session, order_id), now=now)
    return True


async def cancel_by_customer(session: AsyncSession, user: User, order_id: int, *, now: datetime) -> Order:
    """Cancel one's own order while it is pending, and so decline a price that its seller named.

    Raises NotFound, WrongStatus.
    """
    order = await get_for_customer(session, user, order_id)
    cause = PRICE_DECLINED if order.quote == OFFERED else "cancelled_by_customer"
    reason = "cancelled_by_customer"
    if not await cancel_pending(session, order_id, actor=f"customer:{user.id}", cause=cause, reason=reason, now=now):
        raise await _wrong(session, order, OrderStatus.CANCELLED, by_customer=True)
    return await get_for_customer(session, user, order_id)


async def cancel_by_owner(session: AsyncSession, by: By, order_id: int, *, reason: str, now: datetime) -> Order:
    """Cancel an order that is not paid. Raises NotFound, WrongStatus (a paid one is cancelled with its refund)."""
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    if not await cancel_pending(
        session,
        order_id,
        actor=actor_on(acting, order),
        cause="cancelled_by_seller",
        reason=reason or None,
        now=now,
    ):
        raise await _wrong(session, order, OrderStatus.CANCELLED)
    note(session, acting, order, "order.cancelled", {"status": [OrderStatus.PENDING, OrderStatus.CANCELLED]}, now)
    return await get_for_owner(session, acting, order_id)


async def ship(
    session: AsyncSession,
    by: By,
    order_id: int,
    tracking: str | None,
    *,
    carriers: Sequence[Carrier] = (),
    now: datetime,
) -> Order:
    """Say that a paid order is on its way; said again with another tracking number, it corrects the number.

    The carrier is who stands before the number, or whose number it can only be; `carriers` are the shop's own.

    Raises NotFound, WrongStatus.
    """
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    tracked = tracked_by(tracking, carriers)
    number = tracked.number if tracked is not None else None
    said = {"tracking": events.pair(order.tracking, number)}
    if order.status is OrderStatus.SHIPPED and tracked is not None and not is_tracked_so(order, tracked):
        await correct_tracking(session, order, tracked, actor_on(acting, order), now)
        note(session, acting, order, "order.shipped", said, now)
    elif not await move(
        session,
        order_id,
        OrderStatus.SHIPPED,
        from_=OrderStatus.PROCESSING,
        actor=actor_on(acting, order),
        cause="shipped",
        **columns_of(tracked),
        now=now,
    ):
        raise await _wrong(session, order, OrderStatus.SHIPPED)
    else:
        data = {"status": [OrderStatus.PROCESSING, OrderStatus.SHIPPED], **(said if number else {})}
        note(session, acting, order, "order.shipped", data, now)
    return await get_for_owner(session, acting, order_id)


async def complete(session: AsyncSession, by: By, order_id: int, *, now: datetime) -> Order:
    """Say that the customer has everything. Raises NotFound, WrongStatus."""
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    before = order.status
    if order.status not in {OrderStatus.PROCESSING, OrderStatus.SHIPPED} or not await move(
        session,
        order_id,
        OrderStatus.COMPLETED,
        from_=order.status,
        actor=actor_on(acting, order),
        cause="completed",
        now=now,
    ):
        raise await _wrong(session, order, OrderStatus.COMPLETED)
    note(session, acting, order, "order.completed", {"status": [before, OrderStatus.COMPLETED]}, now)
    return await get_for_owner(session, acting, order_id)


def tracked_by(written: str | None, carriers: Sequence[Carrier]) -> Tracked | None:
    """What a seller wrote of a parcel, as an order keeps it; None when that is nothing."""
    line = one_line(written or "")[:TRACKING_LENGTH]
    return read_tracking(line, carriers) if line else None


def is_tracked_so(order: Order, tracked: Tracked) -> bool:
    """Whether the order has this number, and this carrier if one is known."""
    return order.tracking == tracked.number and (tracked.carrier is None or order.carrier == tracked.carrier)


def columns_of(tracked: Tracked | None) -> dict[str, Any]:
    """The columns of an order that say how its parcel is found."""
    if tracked is None:
        return {"tracking": None, "carrier": None, "tracking_url": None}
    return {"tracking": tracked.number, "carrier": tracked.carrier, "tracking_url": tracked.url}


async def correct_tracking(session: AsyncSession, order: Order, tracked: Tracked, actor: str, now: datetime) -> None:
    """Say otherwise how the parcel of an order on its way is found; whoever sees the order sees it. WrongStatus."""
    shipped = (Order.id == order.id, Order.status == OrderStatus.SHIPPED)
    values = {**columns_of(tracked), "updated_at": now}
    if not await changed(session, update(Order).where(*shipped).values(values)):
        raise await _wrong(session, order, OrderStatus.SHIPPED)
    await stays(session, order, OrderStatus.SHIPPED, actor=actor, cause="tracking_corrected", now=now)


async def stays(
    session: AsyncSession, order: Order, status: OrderStatus, *, actor: str, cause: str, now: datetime
) -> None:
    """Write down what happened to an order that moves nowhere by it; what shows the order is brought up to date."""
    event = OrderEvent(
        order_id=order.id, from_status=status, to_status=status, actor=actor, cause=cause, created_at=now
    )
    session.add(event)
    await session.flush()
    await tell_card(session, order.id, order.user_id, key=f"event:{event.id}", now=now)


def note(
    session: AsyncSession, acting: Acting, order: Order, action: str, data: Mapping[str, object], now: datetime
) -> None:
    """Write down what somebody who sells did to an order, with what it was before."""
    actor = actor_on(acting, order)
    events.write(session, actor, action, f"order:{order.id}", owner_id=order.owner_id, data=data, now=now)


def actor_on(acting: Acting, order: Order) -> str:
    """Who moves the order: an operator who sells it does so as its seller."""
    return f"owner:{acting.person_id}" if order.owner_id == acting.person_id else acting.actor


async def _wrong(session: AsyncSession, order: Order, wanted: OrderStatus, *, by_customer: bool = False) -> WrongStatus:
    await session.refresh(order, ["status"])
    return wrong_status(order, wanted, by_customer=by_customer)
