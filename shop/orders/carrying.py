"""Saying who carries a parcel whose number does not say it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus
from shop.carriers import Tracked, one_of
from shop.orders.moves import actor_on, correct_tracking, note
from shop.orders.reading import get_for_owner
from shop.orders.refusals import wrong_status
from shop.people import events
from shop.people.permissions import By, Permission, ask
from shop.policy import Carrier
from shop.refusals import NotFound


async def set_carrier(
    session: AsyncSession, by: By, order_id: int, carrier_id: str, *, carriers: Sequence[Carrier] = (), now: datetime
) -> Order:
    """Say who carries the parcel, of the known carriers and `carriers`, the shop's own; its customer gets the link.

    Raises NotFound (no such order or carrier, or no number), WrongStatus (it is not on its way).
    """
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    carrier = one_of(carriers, carrier_id)
    if carrier is None or order.tracking is None:
        raise NotFound(order_id=order_id)
    if order.status is not OrderStatus.SHIPPED:
        raise wrong_status(order, OrderStatus.SHIPPED)
    tracked = Tracked.by(carrier, order.tracking)
    if (order.carrier, order.tracking_url) == (tracked.carrier, tracked.url):
        return order
    await correct_tracking(session, order, tracked, actor_on(acting, order), now)
    note(session, acting, order, "order.shipped", {"carrier": events.pair(order.carrier, carrier.name)}, now)
    return await get_for_owner(session, acting, order_id)
