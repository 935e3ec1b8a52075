"""Writing a placed order down: its row, its lines, its first event.

Everybody who buys the same product waits for this transaction. So the statements are built once, on tables rather than
classes, what was written is handed out as it is, without reading it back, and all of it is meant for one
`session.run_sync`: a way from asyncio into the driver costs as much as a small statement.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict

from db.base import Base
from db.models import Cart, CartItem, Order, OrderEvent, OrderItem, OrderStatus
from db.prepared import PreparedWrite
from db.texts import names_only
from shop.carts.view import SellerCart
from shop.taxes import Taxed, Taxes

_TABLES = Base.metadata.tables
_ORDERS, _ITEMS, _EVENTS = (_TABLES[model.__tablename__] for model in (Order, OrderItem, OrderEvent))
_CARTS, _LINES = (_TABLES[model.__tablename__] for model in (Cart, CartItem))
_COLUMNS = tuple(column.key for column in _ORDERS.columns if column.key != "id")
_ADD_ORDER = PreparedWrite(
    insert(_ORDERS),
    (
        *("user_id", "owner_id", "kind", "currency", "checkout_key", "payment_method", "note", "present", "status"),
        *(
            "subtotal",
            "discount",
            "shipping",
            "discount_name",
            "shipping_offer",
            "free_shipping",
            "tax",
            "tax_within",
            "tax_country",
            "shipping_tax",
            "shipping_tax_rate",
            "total_price",
            "credit",
            "weight",
            "month",
            "expires_at",
            "created_at",
            "updated_at",
        ),
    ),
)
_ADD_ITEM = PreparedWrite(
    insert(_ITEMS).inline(),
    (
        *("order_id", "product_id", "name", "texts", "quantity", "price", "discount"),
        *("tax_class", "tax_rate", "tax", "tax_within"),
    ),
)
_ADD_EVENT = PreparedWrite(insert(_EVENTS).inline(), ("order_id", "to_status", "actor", "cause", "created_at"))
_GROW = PreparedWrite(
    update(_CARTS)
    .where(
        _CARTS.c.id == bindparam("cart"),
        _CARTS.c.user_id == bindparam("person"),
        _CARTS.c.version == bindparam("seen"),
    )
    .values(version=_CARTS.c.version + 1, updated_at=bindparam("now", type_=_CARTS.c.updated_at.type))
)
_TAKE_OUT = PreparedWrite(delete(_LINES).where(_LINES.c.id == bindparam("line")))


def grow_cart(connection: Connection, *, cart_id: int, user_id: int, version: int, now: datetime) -> bool:
    """Lock the cart by growing its version; False when it has another one, or is somebody else's."""
    seen = {"cart": cart_id, "person": user_id, "seen": version, "now": now}
    return _GROW.run(connection, seen).rowcount == 1


def write_order(connection: Connection, values: dict[str, Any], group: SellerCart, taxes: Taxes) -> Order:
    """Write the order of these lines, pending; it is handed out as it was written, without items and of no session."""
    row = {**values, "status": OrderStatus.PENDING, "shipping": 0, "shipping_tax": 0, "shipping_tax_rate": 0}
    row |= {"tax": taxes.added, "tax_within": taxes.within, "tax_country": taxes.country}
    order_id = _ADD_ORDER.add(connection, row)
    shares = dict(group.saving.by_product)
    for line, taxed in zip(group.lines, taxes.lines or [Taxed()] * len(group.lines), strict=True):
        item = {"order_id": order_id, "product_id": line.product_id, "name": line.title}
        item["texts"] = names_only(line.texts, f" ({line.option_label})" if line.option_label else "")
        item |= {"quantity": line.quantity, "price": line.price, "discount": shares.get(line.product_id, 0)}
        item |= {"tax_class": line.tax_class, "tax_rate": taxed.rate, "tax": taxed.added, "tax_within": taxed.within}
        _ADD_ITEM.run(connection, item)
    event = {"order_id": order_id, "to_status": OrderStatus.PENDING, "created_at": values["created_at"]}
    event |= {"actor": f"customer:{values['user_id']}", "cause": "placed"}
    _ADD_EVENT.run(connection, event)
    return _detached(order_id, row)


def take_out(connection: Connection, group: SellerCart) -> None:
    """Take the lines out of the cart."""
    for line in group.lines:
        _TAKE_OUT.run(connection, {"line": line.item_id})


def _detached(order_id: int, row: dict[str, Any]) -> Order:
    """The row that was just written, as if a session that ended had read it."""
    order = Order()
    instance_dict(order).update(dict.fromkeys(_COLUMNS) | row | {"id": order_id})
    make_transient_to_detached(order)
    return order
