"""Writing a placed order down: its row, its lines, its first event.

Everybody who buys the same product waits for this transaction. So the statements are built once, on tables rather than
classes, and what was written is handed out as it is, without reading it back.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from db.base import Base
from db.models import Cart, CartItem, Order, OrderEvent, OrderItem, OrderStatus
from db.writes import ran
from shop.cart_view import SellerCart

_TABLES = Base.metadata.tables
_ORDERS, _ITEMS, _EVENTS = (_TABLES[model.__tablename__] for model in (Order, OrderItem, OrderEvent))
_CARTS, _LINES = (_TABLES[model.__tablename__] for model in (Cart, CartItem))
_ADD_ORDER, _ADD_ITEMS, _ADD_EVENT = insert(_ORDERS), insert(_ITEMS), insert(_EVENTS)
_GROW = (
    update(_CARTS)
    .where(
        _CARTS.c.id == bindparam("cart"),
        _CARTS.c.user_id == bindparam("person"),
        _CARTS.c.version == bindparam("seen"),
    )
    .values(version=_CARTS.c.version + 1, updated_at=bindparam("now", type_=_CARTS.c.updated_at.type))
)
_COLUMNS = tuple(column.key for column in _ORDERS.columns if column.key != "id")
_TAKE_OUT = delete(_LINES).where(_LINES.c.id.in_(bindparam("ids", expanding=True)))


async def grow_cart(session: AsyncSession, *, cart_id: int, user_id: int, version: int, now: datetime) -> bool:
    """Lock the cart by growing its version; False when it has another one, or is somebody else's."""
    seen = {"cart": cart_id, "person": user_id, "seen": version, "now": now}
    return (await ran(session, _GROW, seen)).rowcount == 1


async def write_order(session: AsyncSession, values: dict[str, Any], group: SellerCart) -> Order:
    """Write the order of these lines, pending; it is handed out as it was written, without items."""
    row = {**values, "status": OrderStatus.PENDING, "discount": 0, "shipping": 0, "tax": 0}
    (order_id,) = (await ran(session, _ADD_ORDER, row)).inserted_primary_key or (0,)
    lines = [
        {"order_id": order_id, "product_id": line.product_id, "name": line.title}
        | {"quantity": line.quantity, "price": line.price}
        for line in group.lines
    ]
    event = {"order_id": order_id, "to_status": OrderStatus.PENDING, "created_at": values["created_at"]}
    event |= {"actor": f"customer:{values['user_id']}", "cause": "placed"}
    await ran(session, _ADD_ITEMS, lines[0] if len(lines) == 1 else lines)
    await ran(session, _ADD_EVENT, event)
    return _loaded(session, order_id, row)


async def take_out(session: AsyncSession, group: SellerCart) -> None:
    """Take the lines out of the cart."""
    await ran(session, _TAKE_OUT, {"ids": [line.item_id for line in group.lines]})


def _loaded(session: AsyncSession, order_id: int, row: dict[str, Any]) -> Order:
    """The row that was just written, as if it had been read."""
    order = Order(id=order_id)
    make_transient_to_detached(order)
    for name in _COLUMNS:
        set_committed_value(order, name, row.get(name))
    session.add(order)
    return order
