"""Money that people hand over: the seller accepts the order, and says when the cash or the transfer came."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, PaymentAttempt
from shop.orders import moves
from shop.orders.news import BY_HAND, tell_card
from shop.orders.refusals import wrong_status
from shop.payments import fulfil
from shop.payments.rows import lock_order, summary_of
from shop.payments.settle import Settlement, settle
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.ports import EventKind, ProviderEvent
from shop.refusals import AlreadyPaid, NotFound


async def accept_order(session: AsyncSession, order_id: int, *, by: By, now: datetime) -> Order:
    """The seller lets an order go on before its cash came. Raises NotFound, WrongStatus (not pending, not by hand)."""
    acting = ask(by, Permission.ORDERS)
    order, attempt = await _by_hand(session, order_id, acting.only)
    if order.status is not OrderStatus.PENDING or attempt is None:
        raise wrong_status(order, OrderStatus.PROCESSING)
    await fulfil.accept(session, order, actor=acting.actor, now=now)
    data = {"status": [OrderStatus.PENDING, OrderStatus.PROCESSING]}
    moves.note(session, acting, order, "order.accepted", data, now)
    return order


async def confirm_money(session: AsyncSession, order_id: int, *, by: By, policy: Policy, now: datetime) -> Settlement:
    """The seller says that the whole sum of the order arrived; a second tap changes nothing.

    Raises NotFound, AlreadyPaid (another way), WrongStatus (not to be paid by hand, or cancelled).
    """
    acting = ask(by, Permission.MONEY)
    order, attempt = await _by_hand(session, order_id, acting.only)
    if attempt is None or order.status is OrderStatus.CANCELLED:
        if (await summary_of(session, order, now=now)).payment_date is not None:
            raise AlreadyPaid(order_id=order.id)
        raise wrong_status(order, OrderStatus.PROCESSING)
    event = ProviderEvent(
        provider=attempt.provider,
        event_id=f"confirmed:{attempt.idempotency_key}",
        kind=EventKind.PAID,
        reference=attempt.reference,
        payload=attempt.idempotency_key,
        amount=order.due,
        currency=order.currency,
        charge_id=f"by-hand:{attempt.idempotency_key}",
        note=f"confirmed by {acting.actor}",
    )
    before = (await summary_of(session, order, now=now)).amount
    settlement = await settle(session, event, policy=policy, now=now)
    after = (await summary_of(session, order, now=now)).amount
    if after != before:
        data = {"money": [before, after], "currency": order.currency}
        moves.note(session, acting, order, "order.money_came", data, now)
    # an order that was accepted before does not move by it, and its card would go on saying that it is not paid
    await tell_card(session, order.id, order.user_id, key="money_came", now=now)
    return settlement


async def _by_hand(session: AsyncSession, order_id: int, owner_id: int | None) -> tuple[Order, PaymentAttempt | None]:
    order = await lock_order(session, order_id, with_items=True)
    if order is None or (owner_id is not None and order.owner_id != owner_id):
        raise NotFound
    query = select(PaymentAttempt).where(
        PaymentAttempt.order_id == order.id,
        PaymentAttempt.provider == order.payment_method,
        PaymentAttempt.provider.in_(BY_HAND),
    )
    return order, await session.scalar(query.order_by(PaymentAttempt.id.desc()).limit(1))
