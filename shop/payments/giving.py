"""Deciding on a refund: what goes back, from which charge, and what that does to the order (a use case)."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    AttemptState,
    Order,
    OrderStatus,
    PaymentAttempt,
    PaymentStatus,
    Refund,
)
from db.money import STARS
from shop.credit.refusals import CreditNotHere
from shop.forms.writing import one_line
from shop.orders import lifecycle
from shop.orders.refusals import wrong_status
from shop.orders.sights import follow
from shop.payments.line_refunds import lines_left
from shop.payments.methods import CREDIT
from shop.payments.putting_back import put_back_all, put_back_units
from shop.payments.reserve import reserve_from, restate
from shop.payments.rows import lock_order, summary_of
from shop.people import events
from shop.people.permissions import By, Permission, ask
from shop.ports import Provider
from shop.refusals import GoodsWithoutMoney, NotFound, NothingToRefund, RefundTooLarge, RefundWholeOnly, UnderDispute

GOES_BACK = (OrderStatus.PROCESSING, OrderStatus.SHIPPED)


class Wish(Struct, frozen=True):
    """What shall go back: `amount` in minor units (None: all that is left), and all the goods too if `restock`.

    `units` of the line `item_id` instead of an amount: what these cost after the discount; `restock` puts these back.
    `to_credit`: it becomes store credit at the seller, whichever way it came. `owner_id` limits it to that seller's
    orders; None is for those who may do it to everybody's. `key` names what was said: heard again (Telegram repeats
    what our answer to was lost), it is the same refund. At most 40 characters.
    """

    order_id: int
    actor: str
    amount: int | None = None
    restock: bool = False
    reason: str = ""
    owner_id: int | None = None
    key: str | None = None
    item_id: int | None = None
    units: int = 0
    to_credit: bool = False

    @classmethod
    def of(
        cls,
        by: By,
        order_id: int,
        *,
        amount: int | None = None,
        restock: bool = False,
        reason: str = "",
        key: str | None = None,
        free: bool = False,
        to_credit: bool = False,
    ) -> "Wish":
        """What a person wishes; `free`: nothing was paid, so that who sees to orders may. Raises NotPermitted."""
        acting = ask(by, Permission.ORDERS if free else Permission.MONEY)
        return cls(order_id, acting.actor, amount, restock, reason, acting.only, key, to_credit=to_credit)


async def decide(
    session: AsyncSession, wish: Wish, providers: Mapping[str, Provider], *, now: datetime
) -> list[Refund]:
    """Write the refunds down and take their money out of what is refundable.

    All of the money of an order that was not shipped cancels it; `restock` puts the goods back, once, and calls a
    shipped order cancelled too. All the goods come back with all the money only: an amount does not say which of them.
    While a bank disputes the money, nothing is decided here: it could go back twice.
    Raises NotFound, NothingToRefund, RefundTooLarge, GoodsWithoutMoney, RefundWholeOnly, UnderDispute, CreditNotHere.
    """
    order = await _owned(session, wish)
    refunds = await _decided_before(session, order, wish)
    if refunds:
        return refunds
    wish = await _valued(session, order, wish)
    await _must_not_be_disputed(session, order, now=now)
    for charge, part in await _parts(session, order, providers, wish):
        key = f"{wish.key}:{charge.id}" if wish.key is not None else None
        refund = await reserve_from(
            session,
            order,
            charge,
            part,
            reason=wish.reason,
            actor=wish.actor,
            key=key,
            to_credit=wish.to_credit or charge.provider == CREDIT,
            now=now,
        )
        if refund is None:
            raise NothingToRefund(order_id=order.id)
        refunds.append(refund)
    refunds[0].item_id, refunds[0].units = wish.item_id, wish.units or None
    before = (await summary_of(session, order, now=now)).refunded_amount
    await restate(session, order, now=now)
    summary = await summary_of(session, order, now=now)
    data = {"refunded": [before, summary.refunded_amount], "currency": order.currency, "restock": wish.restock}
    data |= {"to_credit": True} if wish.to_credit else {}
    _note(session, order, wish, "order.refunded", data, now)
    everything = summary.amount == summary.refunded_amount
    comes_back = order.status is OrderStatus.SHIPPED and wish.restock and wish.item_id is None
    if everything and (order.status is OrderStatus.PROCESSING or comes_back):
        await _cancel(session, order, wish, now=now)
    if wish.restock:
        await _put_back(session, order, wish, now=now)
    await follow(session, order.id, key=f"refunds:{refunds[0].id}", now=now)
    return refunds


async def weigh(session: AsyncSession, wish: Wish, providers: Mapping[str, Provider], *, now: datetime) -> int:
    """How much would go back, in minor units: what `decide` would say, with nothing decided.

    Raises NotFound, NothingToRefund, RefundTooLarge, GoodsWithoutMoney, RefundWholeOnly, UnderDispute, CreditNotHere.
    """
    order = await _owned(session, wish)
    wish = await _valued(session, order, wish)
    await _must_not_be_disputed(session, order, now=now)
    return sum(part for _, part in await _parts(session, order, providers, wish))


async def call_off(session: AsyncSession, wish: Wish, *, now: datetime) -> None:
    """Cancel an order that went on without money (cash on delivery refused at the door).

    Raises NotFound, WrongStatus (also when there is captured money: that takes a refund).
    """
    order = await _owned(session, wish)
    summary = await summary_of(session, order, now=now)
    if order.status not in GOES_BACK or summary.amount > summary.refunded_amount:
        raise wrong_status(order, OrderStatus.CANCELLED)
    _note(session, order, wish, "order.cancelled", {"status": [order.status, OrderStatus.CANCELLED]}, now)
    await _cancel(session, order, wish, now=now)
    if wish.restock:
        await put_back_all(session, order, actor=wish.actor, now=now)


async def was_paid(session: AsyncSession, order: Order) -> bool:
    """Whether money ever came for the order, wherever it is now."""
    came = select(PaymentAttempt.id).where(
        PaymentAttempt.order_id == order.id, PaymentAttempt.state == AttemptState.PAID
    )
    return await session.scalar(came.limit(1)) is not None


async def _parts(
    session: AsyncSession, order: Order, providers: Mapping[str, Provider], wish: Wish
) -> list[tuple[PaymentAttempt, int]]:
    query = (
        select(PaymentAttempt)
        .where(
            PaymentAttempt.order_id == order.id,
            PaymentAttempt.state == AttemptState.PAID,
            PaymentAttempt.captured_currency == order.currency,
            PaymentAttempt.captured_amount > PaymentAttempt.refunded_amount,
        )
        .order_by(PaymentAttempt.id.desc())
        .execution_options(populate_existing=True)
    )
    charges = sorted(
        await session.scalars(query), key=lambda charge: charge.provider == CREDIT
    )  # money goes back first
    left = sum(charge.captured_amount - charge.refunded_amount for charge in charges)
    if not left:
        raise NothingToRefund(order_id=order.id, never_paid=not await was_paid(session, order))
    wanted = left if wish.amount is None else wish.amount
    if wish.to_credit and order.currency == STARS:
        raise CreditNotHere(order_id=order.id)
    if not 0 < wanted <= left:
        raise RefundTooLarge(order_id=order.id, left=left, currency=order.currency)
    if wish.restock and wish.item_id is None and wanted < left:
        raise GoodsWithoutMoney(order_id=order.id, left=left, currency=order.currency)
    parts = []
    for charge in charges:
        part = min(wanted, charge.captured_amount - charge.refunded_amount)
        provider = providers.get(charge.provider)
        whole = provider is None or provider.partial_refunds or wish.to_credit or part == charge.captured_amount
        if part and not whole:
            raise RefundWholeOnly(order_id=order.id, amount=charge.captured_amount, currency=order.currency)
        if part:
            parts.append((charge, part))
        wanted -= part
    return parts


async def _valued(session: AsyncSession, order: Order, wish: Wish) -> Wish:
    """With the amount that units of a line are worth, where those are wished."""
    if wish.item_id is None:
        return wish
    left = next((one for one in await lines_left(session, order) if one.item.id == wish.item_id), None)
    if left is None or not 0 < wish.units <= left.units:
        raise NothingToRefund(order_id=order.id)
    return replace(wish, amount=left.worth(wish.units))


async def _put_back(session: AsyncSession, order: Order, wish: Wish, *, now: datetime) -> None:
    """All of the goods, or the units of the line; never more than the order took."""
    line = next((item for item in order.items if item.id == wish.item_id), None)
    if line is None:
        await put_back_all(session, order, actor=wish.actor, now=now)
    else:
        await put_back_units(session, order, {line.product_id: wish.units}, actor=wish.actor, now=now)


async def _decided_before(session: AsyncSession, order: Order, wish: Wish) -> list[Refund]:
    if wish.key is None:
        return []
    same = Refund.idempotency_key.startswith(f"{wish.key}:", autoescape=True)
    return list(await session.scalars(select(Refund).where(Refund.order_id == order.id, same).order_by(Refund.id)))


async def _must_not_be_disputed(session: AsyncSession, order: Order, *, now: datetime) -> None:
    if (await summary_of(session, order, now=now)).payment_status is PaymentStatus.DISPUTED:
        raise UnderDispute(order_id=order.id)


async def _owned(session: AsyncSession, wish: Wish) -> Order:
    order = await lock_order(session, wish.order_id, with_items=True)
    if order is None or (wish.owner_id is not None and order.owner_id != wish.owner_id):
        raise NotFound
    return order


def _note(
    session: AsyncSession, order: Order, wish: Wish, action: str, data: Mapping[str, object], now: datetime
) -> None:
    """What a person decided; what the shop gives back by itself is told by the order's own past."""
    if wish.actor.startswith(("owner:", "staff:", "operator:")):
        events.write(session, wish.actor, action, f"order:{order.id}", owner_id=order.owner_id, data=data, now=now)


async def _cancel(session: AsyncSession, order: Order, wish: Wish, *, now: datetime) -> None:
    reason = wish.reason or "refunded"
    await lifecycle.move(
        session,
        order.id,
        OrderStatus.CANCELLED,
        from_=order.status,
        actor=wish.actor,
        cause=reason,
        now=now,
        cancel_reason=one_line(reason)[:255],
    )
