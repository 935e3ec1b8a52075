"""A customer's wish to call off an order that went on: asked of its seller once, met by cancelling, or declined."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, User
from db.writes import changed
from shop.notifications.outbox import enqueue
from shop.orders.moves import note
from shop.orders.news import tell_card
from shop.orders.reading import get_for_customer, get_for_owner
from shop.orders.refusals import wrong_status
from shop.people.permissions import By, Permission, ask

ASKED, DECLINED = "asked", "declined"  # `Order.cancel_request`
WORD_LENGTH = 1000


async def ask_to_cancel(session: AsyncSession, user: User, order_id: int, *, now: datetime) -> Order:
    """Ask the seller to cancel the person's own order before it is sent; asked again, it is the same wish.

    Raises NotFound, WrongStatus (not being prepared: sent already, cancelled, or not ordered yet).
    """
    order = await get_for_customer(session, user, order_id)
    mine = update(Order).where(
        Order.id == order.id, Order.status == OrderStatus.PROCESSING, Order.cancel_request.is_(None)
    )
    if await changed(session, mine.values(cancel_request=ASKED, updated_at=now)):
        await _tell(session, order.owner_id, order, "cancel_wanted", {}, now)
        await tell_card(session, order.id, order.user_id, key="cancel_wanted", now=now)
    elif order.status is not OrderStatus.PROCESSING:
        raise wrong_status(order, OrderStatus.CANCELLED, by_customer=True)
    return await get_for_customer(session, user, order_id)


async def decline(session: AsyncSession, by: By, order_id: int, word: str, *, now: datetime) -> Order:
    """Say no to that wish, with a word of the seller's or without; said twice, it is told once.

    Raises NotFound, WrongStatus (nobody asks for it any more).
    """
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    theirs = update(Order).where(
        Order.id == order.id, Order.status == OrderStatus.PROCESSING, Order.cancel_request == ASKED
    )
    if await changed(session, theirs.values(cancel_request=DECLINED, updated_at=now)):
        data = {"text": word.strip()[:WORD_LENGTH]}
        await _tell(session, order.user_id, order, "cancel_declined", data, now)
        await tell_card(session, order.id, order.user_id, key="cancel_declined", now=now)
        note(session, acting, order, "order.not_cancelled", {"cancel_request": [ASKED, DECLINED]}, now)
    elif order.cancel_request != DECLINED:
        raise wrong_status(order, OrderStatus.PROCESSING)
    return await get_for_owner(session, acting, order_id)


async def _tell(
    session: AsyncSession, user_id: int, order: Order, kind: str, data: dict[str, str], now: datetime
) -> None:
    await enqueue(
        session,
        user_id=user_id,
        kind=kind,
        data={"order_id": order.id, **data},
        dedupe_key=f"order:{order.id}:{kind}",
        now=now,
    )
