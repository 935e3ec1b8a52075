"""How an order moves: the legal moves, and the one function that makes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderEvent, OrderStatus, ProductKind
from db.models.subscription import RENEWED
from db.writes import changed
from shop import credit, promotions
from shop.orders.news import OrderMoved, tell

PENDING, PROCESSING, SHIPPED, COMPLETED, CANCELLED = OrderStatus
BOTH = frozenset(ProductKind)
PHYSICAL = frozenset({ProductKind.PHYSICAL})

# From where, to where, for which goods. A paid order is cancelled only by the refund flow.
MOVES: dict[tuple[OrderStatus, OrderStatus], frozenset[ProductKind]] = {
    (PENDING, PROCESSING): BOTH,
    (PENDING, CANCELLED): BOTH,
    (PROCESSING, SHIPPED): PHYSICAL,
    (PROCESSING, COMPLETED): BOTH,
    (PROCESSING, CANCELLED): BOTH,
    (SHIPPED, COMPLETED): PHYSICAL,
    (SHIPPED, CANCELLED): PHYSICAL,
}
# Money came for an order that had expired, and its stock could be held once more: only settlement does this.
REVIVAL = (CANCELLED, PROCESSING)

_SEEN = select(
    *(Order.status, Order.kind, Order.user_id, Order.owner_id),
    *(Order.payment_method, Order.month, Order.quote),
).where(Order.id == bindparam("order"))


def may_move(kind: ProductKind, was: OrderStatus, to: OrderStatus) -> bool:
    """Whether a person may move an order of such goods from `was` to `to`."""
    return kind in MOVES.get((was, to), ())


async def move(
    session: AsyncSession,
    order_id: int,
    to: OrderStatus,
    *,
    from_: OrderStatus | Iterable[OrderStatus],
    actor: str,
    cause: str,
    now: datetime,
    only_if: ColumnElement[bool] | None = None,
    **columns: Any,
) -> bool:
    """Move the order by compare-and-swap, with its event and what people are told; False when somebody else did.

    `columns` are set in the same UPDATE, `only_if` is one more condition of it. Stock is not touched here. Rows of the
    order that are loaded in the session are not refreshed. Raises ValueError for a move that is never legal.
    """
    wanted = {from_} if isinstance(from_, OrderStatus) else set(from_)
    for was in wanted:
        if (was, to) not in MOVES and (was, to) != REVIVAL:
            message = f"no order moves from {was} to {to}"
            raise ValueError(message)
    row = (await session.execute(_SEEN, {"order": order_id})).one_or_none()
    if row is None or row.status not in wanted:
        return False
    if (row.status, to) != REVIVAL and not may_move(row.kind, row.status, to):
        return False
    conditions = [Order.id == order_id, Order.status == row.status]
    if only_if is not None:
        conditions.append(only_if)
    values: dict[str, Any] = {"status": to, "updated_at": now, "expires_at": None, **columns}
    if to is COMPLETED:
        values["completed_at"] = now
    if await changed(session, update(Order).where(*conditions).values(values)) != 1:
        return False
    if to is CANCELLED:
        await promotions.give_back(session, order_id, now=now)
        await credit.give_back(session, order_id, now=now)
    session.add(
        OrderEvent(order_id=order_id, from_status=row.status, to_status=to, actor=actor, cause=cause, created_at=now)
    )
    if row.month == RENEWED:  # told by its subscription: a card every month would be noise
        return True
    moved = OrderMoved(order_id, row.user_id, row.owner_id, row.payment_method, row.status, to, actor, row.quote)
    await tell(session, moved, now=now)
    return True
