"""When a key does not work: it is revoked and another one sent, or it goes back to the shelf with the money."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, Order, OrderItem, OrderStatus, Payment, Product, Unit, UnitState
from db.writes import changed
from shop import stock
from shop.forms.writing import one_line
from shop.notifications.outbox import enqueue
from shop.people.permissions import By, Permission, ask
from shop.products.editing import note_change
from shop.refusals import CannotRead, NotFound, OutOfStock, StockWouldGoNegative, UnitMoved
from shop.units.claiming import take

SEEING = (Permission.STOCK, Permission.ORDERS)
REASON = 255
REPLACED = "key_replaced"


class Sold(Struct, frozen=True):
    """A unit with its goods and its order, if it went to one; `readable`: its buyer has it, because that is paid."""

    unit: Unit
    product: Product
    order_id: int | None
    buyer_id: int | None
    readable: bool


_SOLD = (
    select(Unit, Product, Order, Payment)
    .join(Product, Product.id == Unit.product_id)
    .outerjoin(OrderItem, OrderItem.id == Unit.order_item_id)
    .outerjoin(Order, Order.id == OrderItem.order_id)
    .outerjoin(Payment, Payment.order_id == Order.id)
)


async def open_unit(session: AsyncSession, by: By, unit_id: int, *, now: datetime) -> Sold:
    """One unit in full; who looked is written down. Raises NotFound."""
    acting = ask(by, *SEEING)
    query = _SOLD.where(Unit.id == unit_id)
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound(unit_id=unit_id)
    one = _as_sold(*found)
    if one.order_id is None:
        ask(by, Permission.STOCK)
    note_change(session, one.product, actor=acting.actor, action="unit.opened", data={"unit": unit_id}, now=now)
    return one


async def sold_in(session: AsyncSession, by: By, order_id: int, *, skip: int = 0, limit: int = 10) -> Sequence[Sold]:
    """The units of an order of the seller's goods, revoked ones too, the oldest first."""
    acting = ask(by, *SEEING)
    query = _SOLD.where(Order.id == order_id)
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    page = query.order_by(Unit.order_item_id, Unit.id).offset(skip).limit(limit)
    return [_as_sold(*row) for row in await session.execute(page)]


async def revoke(
    session: AsyncSession,
    by: By,
    unit_id: int,
    *,
    reason: str,
    replace: bool,
    now: datetime,
) -> Sold:
    """A sold unit works no more; with `replace` its buyer gets the oldest free one, and is told.

    Raises NotFound, CannotRead (no reason), UnitMoved (revoked or put back before), OutOfStock (none is free: nothing
    is done then).
    """
    acting = ask(by, *SEEING)
    why = one_line(reason)[:REASON]
    if not why:
        raise CannotRead(field="reason", given="", hint="empty")
    sold = await _mine(session, by, unit_id)
    if replace and not sold.readable:
        raise UnitMoved(unit_id=unit_id)
    mine = update(Unit).where(Unit.id == unit_id, Unit.state == UnitState.SOLD)
    if await changed(session, mine.values(state=UnitState.REVOKED, reason=why)) != 1:
        raise UnitMoved(unit_id=unit_id)
    data = {"unit": unit_id, "order": sold.order_id, "reason": why, "replaced": replace}
    note_change(session, sold.product, actor=acting.actor, action="unit.revoked", data=data, now=now)
    if replace:
        await _send_another(session, sold, actor=acting.actor, now=now)
    return sold


async def put_back_unit(session: AsyncSession, by: By, unit_id: int, *, now: datetime) -> Sold:
    """A unit whose order was not paid, or whose money went back, is free for others again.

    Raises NotFound, UnitMoved (its buyer has it, or it was revoked or put back before).
    """
    acting = ask(by, *SEEING)
    sold = await _mine(session, by, unit_id)
    mine = update(Unit).where(Unit.id == unit_id, Unit.state == UnitState.SOLD)
    free = {"state": UnitState.FREE, "order_item_id": None, "claimed_at": None, "replaces_id": None}
    if sold.readable or await changed(session, mine.values(free)) != 1:
        raise UnitMoved(unit_id=unit_id)
    # one that was sent in place of another was no sale of its own
    back = {MovementReason.RETURNED if sold.unit.replaces_id is None else MovementReason.CORRECTED: 1}
    await stock.count_units(
        session, sold.product.id, back, order_id=sold.order_id, actor=acting.actor, note="key put back", now=now
    )
    data = {"unit": unit_id, "order": sold.order_id}
    note_change(session, sold.product, actor=acting.actor, action="unit.put_back", data=data, now=now)
    return sold


async def _send_another(session: AsyncSession, sold: Sold, *, actor: str, now: datetime) -> None:
    item_id, buyer_id = sold.unit.order_item_id, sold.buyer_id
    if item_id is None or buyer_id is None:
        raise UnitMoved(unit_id=sold.unit.id)
    spent = {MovementReason.CORRECTED: -1}
    product = sold.product
    try:
        await stock.count_units(
            session, product.id, spent, order_id=sold.order_id, actor=actor, note="key replaced", now=now
        )
    except StockWouldGoNegative as error:
        raise OutOfStock(product=product.name, left=0, product_id=product.id) from error
    (new_id,) = await take(session, product.id, item_id, 1, replaces_id=sold.unit.id, now=now)
    await enqueue(
        session,
        user_id=buyer_id,
        kind=REPLACED,
        data={"order_id": sold.order_id, "unit_id": new_id},
        dedupe_key=f"unit:{new_id}:replaces:{sold.unit.id}",
        now=now,
    )


async def _mine(session: AsyncSession, by: By, unit_id: int) -> Sold:
    """A unit of an order, with the stock of its product locked: units move behind that lock alone."""
    acting = ask(by, *SEEING)
    of = select(Unit.product_id).where(Unit.id == unit_id).scalar_subquery()
    await session.execute(select(Inventory.product_id).where(Inventory.product_id == of).with_for_update())
    query = _SOLD.where(Unit.id == unit_id)
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    found = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound(unit_id=unit_id)
    return _as_sold(*found)


def _as_sold(unit: Unit, product: Product, order: Order | None, payment: Payment | None) -> Sold:
    if order is None:
        return Sold(unit, product, None, None, readable=False)
    paid = payment is not None and payment.payment_date is not None and payment.refunded_amount < payment.amount
    readable = paid and order.status is OrderStatus.COMPLETED
    return Sold(unit, product, order.id, order.user_id, readable)
