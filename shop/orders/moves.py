"""Moving an order on a person's word: cancelled, shipped, completed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderEvent, OrderStatus, User
from db.writes import changed
from shop import stock
from shop.forms.writing import one_line
from shop.orders.lifecycle import move
from shop.orders.news import tell_card
from shop.orders.reading import get_for_customer, get_for_owner, units_of
from shop.orders.refusals import wrong_status
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
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
    """Cancel one's own order while it is pending. Raises NotFound, WrongStatus."""
    order = await get_for_customer(session, user, order_id)
    if not await cancel_pending(session, order_id, actor=f"customer:{user.id}", cause="cancelled_by_customer", now=now):
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
    now: datetime,
) -> Order:
    """Say that a paid order is on its way; said again with another tracking number, it corrects the number.

    Raises NotFound, WrongStatus.
    """
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    number = one_line(tracking or "")[:TRACKING_LENGTH] or None
    tracked = {"tracking": events.pair(order.tracking, number)}
    if order.status is OrderStatus.SHIPPED and number and number != order.tracking:
        await _correct_tracking(session, order, number, actor_on(acting, order), now)
        note(session, acting, order, "order.shipped", tracked, now)
    elif not await move(
        session,
        order_id,
        OrderStatus.SHIPPED,
        from_=OrderStatus.PROCESSING,
        actor=actor_on(acting, order),
        cause="shipped",
        tracking=number,
        now=now,
    ):
        raise await _wrong(session, order, OrderStatus.SHIPPED)
    else:
        data = {"status": [OrderStatus.PROCESSING, OrderStatus.SHIPPED], **(tracked if number else {})}
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


async def _correct_tracking(session: AsyncSession, order: Order, number: str, actor: str, now: datetime) -> None:
    shipped = (Order.id == order.id, Order.status == OrderStatus.SHIPPED)
    if not await changed(session, update(Order).where(*shipped).values(tracking=number, updated_at=now)):
        raise await _wrong(session, order, OrderStatus.SHIPPED)
    event = OrderEvent(
        order_id=order.id,
        from_status=OrderStatus.SHIPPED,
        to_status=OrderStatus.SHIPPED,
        actor=actor,
        cause="tracking_corrected",
        created_at=now,
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
