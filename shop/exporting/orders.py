"""The tables of orders, and of their lines: one row each, in the order in which they came."""

from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, Payment, Product, User
from shop.exporting.scope import Page, Row, Scope, first_id, in_pages, major, names_of
from shop.taxes import written_rate

ORDERS = (
    "order",
    "created_at",
    "status",
    "customer_id",
    "customer",
    "items",
    "pieces",
    "subtotal",
    "discount",
    "shipping",
    "tax",
    "tax_within",
    "tax_country",
    "total",
    "credit",
    "paid",
    "given_back",
    "currency",
    "paid_at",
    "payment_method",
    "shipping_option",
    "receiver",
    "street",
    "street_2",
    "post_code",
    "city",
    "state",
    "country",
    "phone",
    "note",
    "present",
    "present_message",
    "carrier",
    "tracking",
    "tracking_url",
    "cancel_reason",
    "completed_at",
)
LINES = (
    "order",
    "created_at",
    "status",
    "paid_at",
    "sku",
    "product",
    "quantity",
    "price",
    "discount",
    "tax_rate",
    "tax",
    "tax_within",
    "total",
    "currency",
    "payment_method",
    "customer_id",
)
PARTS = {
    "receiver": "name",
    "street": "street_line1",
    "street_2": "street_line2",
    "post_code": "post_code",
    "city": "city",
    "state": "state",
    "country": "country_code",
    "phone": "phone_number",
}


async def orders(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """One row an order."""
    sellers: dict[int, str] = {}
    async for rows in _pages(session, scope):
        items = await _items(session, rows)
        called = await names_of(session, {row.Order.owner_id for row in rows}, sellers)
        yield [_order(row, items.get(row.id, ()), scope) | {"seller": called[row.Order.owner_id]} for row in rows]
        session.expunge_all()


async def lines(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """One row a line of an order; what sending costs is of the order, and in the table of orders."""
    sellers: dict[int, str] = {}
    async for rows in _pages(session, scope):
        items = await _items(session, rows)
        called = await names_of(session, {row.Order.owner_id for row in rows}, sellers)
        yield [
            _line(row, item, scope) | {"seller": called[row.Order.owner_id]}
            for row in rows
            for item in items.get(row.id, ())
        ]
        session.expunge_all()


async def _pages(session: AsyncSession, scope: Scope) -> AsyncIterator[Sequence[Any]]:
    query = (
        select(Order.id, Order, User.name.label("customer"), Payment.amount, Payment.refunded_amount)
        .add_columns(Payment.payment_date)
        .join(User, User.id == Order.user_id)
        .outerjoin(Payment, Payment.order_id == Order.id)
        .where(*scope.mine, *scope.within(Order.created_at))
    )
    async for rows in in_pages(session, query, Order.id, await first_id(session, Order.id, scope, Order.updated_at)):
        yield rows


async def _items(session: AsyncSession, rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    columns = (OrderItem.order_id, OrderItem.name, OrderItem.quantity, OrderItem.price, OrderItem.discount)
    taxes = (OrderItem.tax_rate, OrderItem.tax, OrderItem.tax_within)
    query = select(*columns, *taxes, Product.sku).join(Product, Product.id == OrderItem.product_id)
    wanted = query.where(OrderItem.order_id.in_([row.id for row in rows])).order_by(OrderItem.order_id, OrderItem.id)
    for item in await session.execute(wanted):
        found.setdefault(item.order_id, []).append(item)
    return found


def _order(row: Any, items: Sequence[Any], scope: Scope) -> Row:
    order: Order = row.Order
    address = order.address or {}
    money = {
        name: major(amount, order.currency)
        for name, amount in (
            ("subtotal", order.subtotal),
            ("discount", order.discount),
            ("shipping", order.shipping),
            ("tax", order.tax),
            ("tax_within", order.tax_within),
            ("total", order.total_price),
            ("credit", order.credit),
            ("paid", row.amount or 0),
            ("given_back", row.refunded_amount or 0),
        )
    }
    return {
        "order": order.id,
        "created_at": scope.at(order.created_at),
        "status": order.status.value,
        "customer_id": order.user_id,
        "customer": row.customer,
        "items": "; ".join(f"{item.quantity} × {item.name}" for item in items),
        "pieces": sum(item.quantity for item in items),
        **money,
        "tax_country": order.tax_country,
        "currency": order.currency,
        "paid_at": scope.at(row.payment_date),
        "payment_method": order.payment_method,
        "shipping_option": order.shipping_title or order.shipping_option,
        **{column: str(address.get(part) or "") for column, part in PARTS.items()},
        "note": order.note,
        "present": "yes" if order.present is not None else "",
        "present_message": order.present or "",
        "carrier": order.carrier,
        "tracking": order.tracking,
        "tracking_url": order.tracking_url,
        "cancel_reason": order.cancel_reason,
        "completed_at": scope.at(order.completed_at),
    }


def _line(row: Any, item: Any, scope: Scope) -> Row:
    order: Order = row.Order
    return {
        "order": order.id,
        "created_at": scope.at(order.created_at),
        "status": order.status.value,
        "paid_at": scope.at(row.payment_date),
        "sku": item.sku,
        "product": item.name,
        "quantity": item.quantity,
        "price": major(item.price, order.currency),
        "discount": major(item.discount, order.currency),
        "tax_rate": Decimal(written_rate(item.tax_rate)),
        "tax": major(item.tax, order.currency),
        "tax_within": major(item.tax_within, order.currency),
        "total": major(item.price * item.quantity - item.discount + item.tax, order.currency),
        "currency": order.currency,
        "payment_method": order.payment_method,
        "customer_id": order.user_id,
    }
