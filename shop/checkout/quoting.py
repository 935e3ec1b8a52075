"""Agreeing after the order what sending it costs: the customer asks, the seller names a price, the customer agrees."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, User
from db.writes import changed
from shop.checkout.sending import reprice
from shop.notifications.outbox import enqueue
from shop.orders import moves
from shop.orders.news import tell_card
from shop.orders.quotes import AGREED, ASKED, OFFERED, PRICE_AGREED, PRICE_ASKED, WANTED
from shop.orders.reading import get_for_customer, get_for_owner
from shop.orders.refusals import wrong_status
from shop.people.events import pair
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.refusals import AmountMismatch, OrderExpired

REMIND = timedelta(days=1)  # who was asked and has not answered is asked once more
WANTED_NEWS, OFFERED_NEWS = "price_wanted", "price_offered"


async def ask_price(session: AsyncSession, user: User, order_id: int, *, policy: Policy, now: datetime) -> Order:
    """The order stands: ask its seller what sending it costs. The goods are held as long as for money by hand.

    Asked twice, it is asked once. Raises NotFound, WrongStatus, OrderExpired.
    """
    order = await get_for_customer(session, user, order_id)
    values = {"quote": ASKED, "quoted_at": now, "expires_at": now + policy.manual_hold, "updated_at": now}
    mine = (Order.id == order.id, Order.status == OrderStatus.PENDING, Order.quote == WANTED, Order.expires_at > now)
    if await changed(session, update(Order).where(*mine).values(values)):
        await _tell(session, order.owner_id, order.id, WANTED_NEWS, now)
        await _note(session, order, PRICE_ASKED, now)
    else:
        await session.refresh(order, ["status", "quote", "expires_at"])
        _must_stand(order, now, by_customer=True)
    return await get_for_customer(session, user, order_id)


async def offer_price(
    session: AsyncSession, by: By, order_id: int, price: int, *, policy: Policy, now: datetime
) -> Order:
    """The seller's price of sending, minor units of the order's currency; a second one takes the place of the first.

    Raises NotFound, NotPermitted, WrongStatus (nobody waits for it, or the customer agreed meanwhile), OrderExpired.
    """
    acting = ask(by, Permission.ORDERS)
    order = await get_for_owner(session, acting, order_id)
    before = order.shipping if order.quote == OFFERED else None
    if before == price:
        return order
    values = {"quote": OFFERED, "quoted_at": now, "expires_at": now + policy.manual_hold, "updated_at": now}
    waiting = (
        *(Order.id == order.id, Order.status == OrderStatus.PENDING),
        *(Order.quote.in_((ASKED, OFFERED)), Order.expires_at > now),
    )
    if not await changed(session, update(Order).where(*waiting).values(values)):
        await session.refresh(order, ["status", "quote", "expires_at"])
        _must_stand(order, now, by_customer=False)
        raise wrong_status(order, OrderStatus.PENDING)
    await reprice(session, order, shipping=price, policy=policy, now=now)
    moves.note(session, acting, order, "order.priced", {"shipping": pair(before, price)}, now)
    await _tell(session, order.user_id, order.id, OFFERED_NEWS, now)
    await tell_card(session, order.id, order.user_id, key=f"price_offered:{now.isoformat()}", now=now)
    return await get_for_owner(session, acting, order_id)


async def agree_price(
    session: AsyncSession, user: User, order_id: int, total: int, *, policy: Policy, now: datetime
) -> Order:
    """The customer agrees to this total, in minor units: from now on the order can be paid. Done twice, it is done.

    Raises NotFound, AmountMismatch (the seller has named another price), WrongStatus, OrderExpired.
    """
    order = await get_for_customer(session, user, order_id)
    values = {"quote": AGREED, "quoted_at": now, "expires_at": now + policy.order_hold, "updated_at": now}
    mine = (
        *(Order.id == order.id, Order.status == OrderStatus.PENDING, Order.quote == OFFERED),
        *(Order.total_price == total, Order.expires_at > now),
    )
    if await changed(session, update(Order).where(*mine).values(values)):
        await _note(session, order, PRICE_AGREED, now)
    else:
        await session.refresh(order, ["status", "quote", "expires_at", "total_price"])
        _must_stand(order, now, by_customer=True)
        if order.total_price != total:
            raise AmountMismatch(order_id=order.id)
    return await get_for_customer(session, user, order_id)


def _must_stand(order: Order, now: datetime, *, by_customer: bool) -> None:
    """Whether the order still waits. Raises WrongStatus, OrderExpired."""
    if order.status is not OrderStatus.PENDING:
        raise wrong_status(order, OrderStatus.PROCESSING, by_customer=by_customer)
    if order.expires_at is not None and order.expires_at <= now:
        raise OrderExpired(order_id=order.id)


async def _note(session: AsyncSession, order: Order, cause: str, now: datetime) -> None:
    await moves.stays(session, order, OrderStatus.PENDING, actor=f"customer:{order.user_id}", cause=cause, now=now)


async def _tell(session: AsyncSession, user_id: int, order_id: int, kind: str, now: datetime) -> None:
    """At once, and once more later: who reads it then hears it only if it still stands as it does now."""
    data = {"order_id": order_id, "at": now.isoformat()}
    for run_at in (now, now + REMIND):
        key = f"order:{order_id}:{kind}:{run_at.isoformat()}"
        await enqueue(session, user_id=user_id, kind=kind, data=data, dedupe_key=key, run_at=run_at, now=now)
