"""Paying with store credit alone, where it covers all of an order, and paying without it after all."""

from datetime import datetime

from sqlalchemy import true, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, Payment, ProductKind
from shop import credit, receipts
from shop.orders.quotes import must_be_agreed
from shop.orders.refusals import wrong_status
from shop.payments import fulfil
from shop.payments.credit_charges import book
from shop.payments.gate import must_not_be_paid_elsewhere
from shop.payments.methods import CREDIT
from shop.payments.reserve import restate
from shop.payments.rows import changed, lock_order, summary_of
from shop.policy import Policy
from shop.refusals import AddressNeeded, AlreadyPaid, AmountMismatch, NotFound, OrderExpired


async def leave_credit(session: AsyncSession, user_id: int, order_id: int, *, now: datetime) -> None:
    """Let one's own pending order be paid without credit: what it held may be spent elsewhere.

    Raises NotFound, WrongStatus, BeingPaid (a payment of the rest is about to be taken).
    """
    order = await lock_order(session, order_id)
    if order is None or order.user_id != user_id:
        raise NotFound
    if order.status is not OrderStatus.PENDING:
        raise wrong_status(order, OrderStatus.PENDING, by_customer=True)
    if not order.credit:
        return
    await must_not_be_paid_elsewhere(session, order, true(), now=now)
    await credit.fit(session, order, 0, now=now)
    mine = update(Order).where(Order.id == order.id, Order.status == OrderStatus.PENDING)
    await changed(session, mine.values(credit=0, updated_at=now))


async def pay_by_credit(
    session: AsyncSession, user_id: int, order_id: int, *, total: int, policy: Policy, now: datetime
) -> None:
    """Pay one's own order, all of which its credit covers; `total` (minor units) is what the person said yes to.

    Raises NotFound, AlreadyPaid, WrongStatus, OrderExpired, PriceAwaited, AddressNeeded, AmountMismatch (another total,
    or credit does not cover it).
    """
    order = await lock_order(session, order_id, with_items=True)
    if order is None or order.user_id != user_id:
        raise NotFound
    if (await summary_of(session, order, now=now)).payment_date is not None:
        raise AlreadyPaid(order_id=order.id)
    if order.status is not OrderStatus.PENDING:
        raise wrong_status(order, OrderStatus.PROCESSING, by_customer=True)
    if order.expires_at is not None and order.expires_at <= now:
        raise OrderExpired(order_id=order.id)
    must_be_agreed(order)
    if order.kind is ProductKind.PHYSICAL and not order.address:
        raise AddressNeeded(order_id=order.id)
    if order.due or not order.credit or order.total_price != total:
        raise AmountMismatch(order_id=order.id)
    await changed(session, update(Order).where(Order.id == order.id).values(payment_method=CREDIT, updated_at=now))
    await session.refresh(order, ["payment_method"])
    await fulfil.go_on(session, order, actor=f"customer:{user_id}", now=now)
    await book(session, order, now=now)
    paid = update(Payment).where(Payment.order_id == order.id)
    await changed(session, paid.values(payment_method=CREDIT, payment_date=now, updated_at=now))
    await restate(session, order, now=now)
    # last, because others wait for the number
    await receipts.write_sale(session, order, tip=0, policy=policy, now=now)
