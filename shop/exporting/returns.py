"""The table of returns: a row for each line of goods that came back, or was to."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, Product, Return, ReturnEvent, ReturnLine
from shop.exporting.scope import Page, Row, Scope, in_pages, major, names_of

RETURNS = (
    "return",
    "order",
    "asked_at",
    "status",
    "changed_at",
    "customer_id",
    "sku",
    "product",
    "pieces",
    "restocked",
    "reason",
    "words",
    "answer",
    "refunded",
    "currency",
)


async def returns(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """In the order in which they were asked; what was refunded is said once, with the first line of a return."""
    sellers: dict[int, str] = {}
    mine = () if scope.owner_id is None else (Return.owner_id == scope.owner_id,)
    query = (
        select(Return.id, Return, Order.user_id, Order.currency)
        .join(Order, Order.id == Return.order_id)
        .where(*mine, *scope.within(Return.created_at))
    )
    async for rows in in_pages(session, query, Return.id, 0):
        ids = [row.id for row in rows]
        lines, paid = await _lines(session, ids), await _paid(session, ids)
        called = await names_of(session, {row.Return.owner_id for row in rows}, sellers)
        yield [
            _row(row, line, scope, paid.get(row.id) if place == 0 else None) | {"seller": called[row.Return.owner_id]}
            for row in rows
            for place, line in enumerate(lines.get(row.id, ()))
        ]
        session.expunge_all()


async def _lines(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Any]]:
    query = (
        select(ReturnLine.return_id, ReturnLine.quantity, ReturnLine.restocked, OrderItem.name, Product.sku)
        .join(OrderItem, OrderItem.id == ReturnLine.item_id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(ReturnLine.return_id.in_(ids))
        .order_by(ReturnLine.return_id, ReturnLine.id)
    )
    found: dict[int, list[Any]] = {}
    for line in await session.execute(query):
        found.setdefault(line.return_id, []).append(line)
    return found


async def _paid(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    """What was given back for each, in minor units."""
    decided = (ReturnEvent.return_id.in_(ids), ReturnEvent.amount.is_not(None))
    found: dict[int, int] = {}
    for number, amount in await session.execute(select(ReturnEvent.return_id, ReturnEvent.amount).where(*decided)):
        found[number] = found.get(number, 0) + (amount or 0)
    return found


def _row(row: Any, line: Any, scope: Scope, paid: int | None) -> Row:
    one: Return = row.Return
    return {
        "return": one.id,
        "order": one.order_id,
        "asked_at": scope.at(one.created_at),
        "status": one.status.value,
        "changed_at": scope.at(one.updated_at),
        "customer_id": row.user_id,
        "sku": line.sku,
        "product": line.name,
        "pieces": line.quantity,
        "restocked": line.restocked,
        "reason": one.reason.value,
        "words": one.words,
        "answer": one.answer,
        "refunded": major(paid, row.currency),
        "currency": row.currency,
    }
