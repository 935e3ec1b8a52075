"""An order goes on: its money came (or the seller trusts that it will), so its stock is sold and its status moves."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, ProductKind
from db.models.subscription import RENEWED
from shop import credit, promotions, stock, units
from shop.credit.refusals import CreditChanged
from shop.notifications.outbox import enqueue
from shop.orders import lifecycle
from shop.payments import delivery
from shop.policy import Policy
from shop.ports import ProviderEvent
from shop.refusals import OutOfStock, PromotionOver, Refusal

EXPIRED = "payment_expired"  # the cancel reason of an order whose hold ran out; only such an order can be revived
REVIVED = "payment_revived"


async def take_choices(
    session: AsyncSession, order: Order, event: ProviderEvent, *, policy: Policy, now: datetime
) -> None:
    """Write down the address and shipping option that the customer chose at the provider.

    A choice that the shop does not offer is left out: the amounts then differ, and the money goes back.
    """
    if event.address is None:
        return
    if event.shipping_option == order.shipping_option and order.address == dict(event.address):
        return
    with suppress(Refusal):
        async with session.begin_nested():
            await delivery.send_to(
                session, order, option_id=event.shipping_option, address=event.address, policy=policy, now=now
            )


async def go_on(session: AsyncSession, order: Order, *, actor: str, now: datetime) -> bool:
    """Move a locked order on because a charge pays for it; False when there is nothing to pay for any more.

    An order that expired meanwhile comes back to life if its stock can still be held.
    """
    if order.status is OrderStatus.PENDING:
        await _start(session, order, from_=OrderStatus.PENDING, actor=actor, cause="paid", now=now)
    elif order.status is OrderStatus.CANCELLED:
        if order.cancel_reason != EXPIRED or not await _hold_again(session, order, now=now):
            return False
        await _start(session, order, from_=OrderStatus.CANCELLED, actor=actor, cause=REVIVED, now=now)
    if order.kind is ProductKind.DIGITAL:
        await _deliver(session, order, now=now)
    return True


async def decline_month(session: AsyncSession, order: Order, *, why: str, now: datetime) -> None:
    """A locked month that the shop does not want to sell: it ends, and its place is free again."""
    moved = await lifecycle.move(
        session,
        order.id,
        OrderStatus.CANCELLED,
        from_=OrderStatus.PENDING,
        actor="system:settle",
        cause=why,
        now=now,
        cancel_reason=why,
    )
    if moved and order.month != RENEWED:
        await stock.release(session, lines_of(order), now=now)


async def accept(session: AsyncSession, order: Order, *, actor: str, now: datetime) -> None:
    """The seller lets a locked pending order go on before its money came (cash on delivery)."""
    await _start(session, order, from_=OrderStatus.PENDING, actor=actor, cause="accepted", now=now)


def lines_of(order: Order) -> dict[int, int]:
    """Quantities by product id, in id order (the items are loaded)."""
    return {item.product_id: item.quantity for item in sorted(order.items, key=lambda item: item.product_id)}


async def _start(
    session: AsyncSession, order: Order, *, from_: OrderStatus, actor: str, cause: str, now: datetime
) -> None:
    moved = await lifecycle.move(
        session,
        order.id,
        OrderStatus.PROCESSING,
        from_=from_,
        actor=actor,
        cause=cause,
        now=now,
        cancel_reason=None,
    )
    if not moved:
        message = f"order {order.id} moved although it was locked"
        raise RuntimeError(message)
    if order.month == RENEWED:
        return  # the place was taken by the first month
    await stock.sell(session, lines_of(order), order_id=order.id, actor=actor, now=now)
    if order.kind is ProductKind.DIGITAL:
        await units.claim(session, order.id, lines_of(order), now=now)


async def _hold_again(session: AsyncSession, order: Order, *, now: datetime) -> bool:
    try:
        async with session.begin_nested():
            await promotions.use_again(session, order.id)
            await credit.hold_again(session, order, now=now)
            await stock.hold(session, lines_of(order), now=now)
    except (CreditChanged, OutOfStock, PromotionOver):
        return False
    return True


async def _deliver(session: AsyncSession, order: Order, *, now: datetime) -> None:
    completed = await lifecycle.move(
        session,
        order.id,
        OrderStatus.COMPLETED,
        from_=OrderStatus.PROCESSING,
        actor="system:delivery",
        cause="delivered",
        now=now,
    )
    if completed and order.month != RENEWED:
        await enqueue(
            session,
            user_id=order.user_id,
            kind="digital_delivery",
            data={"order_id": order.id},
            dedupe_key=f"order:{order.id}:delivery",
            now=now,
        )
