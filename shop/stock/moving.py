"""Stock: held, released, sold, taken back, received, counted anew. Every change is one conditional UPDATE.

Products are always touched in the order of their ids, so that two baskets never wait for each other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Integer, Update, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.changes import changes_of
from db.models import Inventory, MovementReason, Product, StockMovement
from db.prepared import PreparedWrite
from db.writes import changed
from shop.refusals import NotFound, OutOfStock, StockIsUnits, StockWouldGoNegative
from shop.stock.news import tell_low_stock, tell_watchers, unwatch, waits, watch

__all__ = [
    "correct",
    "count_units",
    "hold",
    "hold_now",
    "note_hold",
    "receive",
    "release",
    "sell",
    "take_back",
    "unwatch",
    "waits",
    "watch",
]

# built once: building one costs more than running it
_QUANTITY = bindparam("quantity", type_=Integer)
_HERE = update(Inventory).where(Inventory.product_id == bindparam("product"))
_RELEASE = _HERE.where(Inventory.quantity_reserved >= _QUANTITY).values(
    quantity_reserved=Inventory.quantity_reserved - _QUANTITY, updated_at=bindparam("now")
)
_SELL = _RELEASE.values(quantity_in_stock=Inventory.quantity_in_stock - _QUANTITY)

_STOCK = Base.metadata.tables[Inventory.__tablename__]
_FREE = _STOCK.c.quantity_in_stock - _STOCK.c.quantity_reserved
_UNITS = bindparam("units", type_=Integer)
_HOLD = (
    update(_STOCK)
    .where(_STOCK.c.product_id == bindparam("product"), _FREE >= _UNITS)
    .values(
        quantity_reserved=_STOCK.c.quantity_reserved + _UNITS,
        updated_at=bindparam("now", type_=_STOCK.c.updated_at.type),
    )
)
_HOLD_OF_MANY = PreparedWrite(_HOLD.where(_STOCK.c.low_stock_at < _FREE - _UNITS))  # so many that nobody has to be told
_HOLD_OF_FEW = PreparedWrite(_HOLD)


class StockMismatch(RuntimeError):  # noqa: N818  it reads as a claim
    """The holds of an order are not where they must be: a rule was broken earlier, and nothing may be written now."""


async def hold(session: AsyncSession, lines: Mapping[int, int], *, now: datetime) -> None:
    """Hold so many units (product id → quantity), all or nothing within the transaction. Raises OutOfStock."""
    runs_low = await session.run_sync(lambda sync: hold_now(sync.connection(), lines, now=now))
    await note_hold(session, lines, runs_low=runs_low, now=now)


def hold_now(connection: Connection, lines: Mapping[int, int], *, now: datetime) -> list[int]:
    """Hold units within a transaction; the products of which only a few are left. Raises OutOfStock.

    To be followed by `note_hold`. Most holds are of a product that has plenty, and cost one UPDATE on every database.
    """
    runs_low = []
    for product_id, quantity in sorted(lines.items()):
        values = {"product": product_id, "units": quantity, "now": now}
        if _HOLD_OF_MANY.run(connection, values).rowcount == 1:
            continue
        if _HOLD_OF_FEW.run(connection, values).rowcount != 1:
            raise _out_of_stock(connection, product_id)
        runs_low.append(product_id)
    return runs_low


async def note_hold(session: AsyncSession, lines: Mapping[int, int], *, runs_low: Sequence[int], now: datetime) -> None:
    """Let the shelves know of a hold, and the sellers of what runs low."""
    free = changes_of(session).free  # only now: a savepoint may undo what comes before a refusal
    for product_id, quantity in lines.items():
        free[product_id] -= quantity
    if runs_low:
        await tell_low_stock(session, {product_id: lines[product_id] for product_id in runs_low}, now=now)


async def release(session: AsyncSession, lines: Mapping[int, int], *, now: datetime) -> None:
    """Let go of units that were held; who waited for a product that is free again is told."""
    for product_id, quantity in sorted(lines.items()):
        await _change_held(session, _RELEASE, product_id, quantity, now)
        changes_of(session).free[product_id] += quantity
    await tell_watchers(session, lines, now=now)


async def sell(
    session: AsyncSession, lines: Mapping[int, int], *, order_id: int | None, actor: str, now: datetime
) -> None:
    """Turn held units into sold ones."""
    for product_id, quantity in sorted(lines.items()):
        await _change_held(session, _SELL, product_id, quantity, now)
    _note(session, {key: -value for key, value in lines.items()}, MovementReason.SOLD, order_id, actor, now)
    await session.flush()


async def take_back(
    session: AsyncSession, lines: Mapping[int, int], *, order_id: int | None, actor: str, now: datetime
) -> None:
    """Put sold units back on the shelf; who waited for them is told."""
    for product_id, quantity in sorted(lines.items()):
        await _add(session, product_id, quantity, now)
    _note(session, lines, MovementReason.RETURNED, order_id, actor, now)
    await session.flush()
    await tell_watchers(session, lines, now=now)


async def receive(
    session: AsyncSession, product: Product, delta: int, *, actor: str, note: str | None, now: datetime
) -> None:
    """Add `delta` units (or take some away); who waited for the product is told.

    Raises StockWouldGoNegative when orders hold more than what would be left, NotFound without an inventory,
    StockIsUnits when it follows from keys.
    """
    _must_be_a_number(product)
    await _add(session, product.id, delta, now, name=product.name)
    _note(session, {product.id: delta}, MovementReason.RECEIVED, None, actor, now, note)
    await session.flush()
    await tell_watchers(session, [product.id], now=now)


async def correct(
    session: AsyncSession, product: Product, quantity: int, *, actor: str, note: str | None, now: datetime
) -> None:
    """Say how many units there are, after counting; who waited for the product is told.

    Raises StockWouldGoNegative when orders hold more than that, NotFound without an inventory, StockIsUnits when it
    follows from keys.
    """
    _must_be_a_number(product)
    query = select(Inventory.quantity_in_stock).where(Inventory.product_id == product.id).with_for_update()
    before = await session.scalar(query)
    if before is None:
        raise NotFound(product_id=product.id)
    if quantity == before:
        return
    await _add(session, product.id, quantity - before, now, name=product.name)
    _note(session, {product.id: quantity - before}, MovementReason.CORRECTED, None, actor, now, note)
    await session.flush()
    await tell_watchers(session, [product.id], now=now)


async def count_units(
    session: AsyncSession,
    product_id: int,
    deltas: Mapping[MovementReason, int],
    *,
    order_id: int | None = None,
    actor: str,
    note: str | None = None,
    now: datetime,
) -> None:
    """Move the stock of a product whose units are rows along with these; who waits, or sells what runs low, is told.

    Raises StockWouldGoNegative when orders hold more than what would be left, NotFound without an inventory.
    """
    delta = sum(deltas.values())
    await _add(session, product_id, delta, now)
    for reason, moved in deltas.items():
        _note(session, {product_id: moved}, reason, order_id, actor, now, note)
    await session.flush()
    if delta > 0:
        await tell_watchers(session, [product_id], now=now)
    elif delta < 0:
        await tell_low_stock(session, {product_id: -delta}, now=now)


async def _change_held(session: AsyncSession, change: Update, product_id: int, quantity: int, now: datetime) -> None:
    if await changed(session, change, {"product": product_id, "quantity": quantity, "now": now}) != 1:
        message = f"product {product_id} holds fewer than {quantity} units"
        raise StockMismatch(message)


async def _add(session: AsyncSession, product_id: int, delta: int, now: datetime, name: str = "") -> None:
    statement = (
        update(Inventory)
        .where(Inventory.product_id == product_id, Inventory.quantity_in_stock + delta >= Inventory.quantity_reserved)
        .values(quantity_in_stock=Inventory.quantity_in_stock + delta, updated_at=now)
    )
    if await changed(session, statement) == 1:
        changes_of(session).free[product_id] += delta
        return
    reserved = await session.scalar(select(Inventory.quantity_reserved).where(Inventory.product_id == product_id))
    if reserved is None:
        raise NotFound(product_id=product_id)
    raise StockWouldGoNegative(product=name, reserved=reserved)


def _must_be_a_number(product: Product) -> None:
    if product.pooled_at is not None:
        raise StockIsUnits(product=product.name, product_id=product.id)


def _note(
    session: AsyncSession,
    deltas: Mapping[int, int],
    reason: MovementReason,
    order_id: int | None,
    actor: str,
    now: datetime,
    note: str | None = None,
) -> None:
    session.add_all(
        StockMovement(
            product_id=product_id,
            delta=delta,
            reason=reason,
            actor=actor,
            order_id=order_id,
            note=note[:255] if note else None,
            created_at=now,
        )
        for product_id, delta in sorted(deltas.items())
        if delta
    )


def _out_of_stock(connection: Connection, product_id: int) -> OutOfStock:
    free = Inventory.quantity_in_stock - Inventory.quantity_reserved
    query = select(Product.name, free).outerjoin(Product.inventory).where(Product.id == product_id)
    found = connection.execute(query).one_or_none()
    name, left = (found[0], found[1] or 0) if found else ("", 0)
    return OutOfStock(product=name, left=left, product_id=product_id)
