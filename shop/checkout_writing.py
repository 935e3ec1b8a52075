"""Writing a placed order down: its row, its lines, its first event.

Everybody who buys the same product waits for this transaction. So the statements are built once, on tables rather than
classes, what was written is handed out as it is, without reading it back, and all of it is meant for one
`session.run_sync`: a way from asyncio into the driver costs as much as a small statement.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Insert, bindparam, delete, insert, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict

from db.base import Base
from db.models import Cart, CartItem, Order, OrderEvent, OrderItem, OrderStatus
from shop.cart_view import SellerCart

_TABLES = Base.metadata.tables
_ORDERS, _ITEMS, _EVENTS = (_TABLES[model.__tablename__] for model in (Order, OrderItem, OrderEvent))
_CARTS, _LINES = (_TABLES[model.__tablename__] for model in (Cart, CartItem))
_ADD_ORDER, _ADD_ITEM, _ADD_EVENT = insert(_ORDERS), insert(_ITEMS).inline(), insert(_EVENTS).inline()
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
_TAKE_OUT = delete(_LINES).where(_LINES.c.id == bindparam("line"))


def grow_cart(connection: Connection, *, cart_id: int, user_id: int, version: int, now: datetime) -> bool:
    """Lock the cart by growing its version; False when it has another one, or is somebody else's."""
    seen = {"cart": cart_id, "person": user_id, "seen": version, "now": now}
    return connection.execute(_GROW, seen).rowcount == 1


def write_order(session: Session, values: dict[str, Any], group: SellerCart) -> Order:
    """Write the order of these lines, pending; it is handed out as it was written, without items."""
    connection = session.connection()
    row = {**values, "status": OrderStatus.PENDING, "discount": 0, "shipping": 0, "tax": 0}
    (order_id,) = connection.execute(_ADD_ORDER, row).inserted_primary_key or (0,)
    lines = [
        {"order_id": order_id, "product_id": line.product_id, "name": line.title}
        | {"quantity": line.quantity, "price": line.price}
        for line in group.lines
    ]
    event = {"order_id": order_id, "to_status": OrderStatus.PENDING, "created_at": values["created_at"]}
    event |= {"actor": f"customer:{values['user_id']}", "cause": "placed"}
    _run(connection, _ADD_ITEM, lines)
    connection.execute(_ADD_EVENT, event)
    return _loaded(session, order_id, row)


def take_out(connection: Connection, group: SellerCart) -> None:
    """Take the lines out of the cart."""
    _run(connection, _TAKE_OUT, [{"line": line.item_id} for line in group.lines])


def _run(connection: Connection, statement: Insert | Delete, rows: list[dict[str, Any]]) -> None:
    connection.execute(statement, rows[0] if len(rows) == 1 else rows)


def _loaded(session: Session, order_id: int, row: dict[str, Any]) -> Order:
    """The row that was just written, as if it had been read."""
    order = Order()
    instance_dict(order).update(dict.fromkeys(_COLUMNS) | row | {"id": order_id})
    make_transient_to_detached(order)
    session.add(order)
    return order
