"""The table of customers: what they ordered and paid in a stretch of time, a row for each currency."""

from collections.abc import AsyncIterator

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CustomerNote, Order, OrderStatus, Payment, User
from shop.exporting.scope import Page, Row, Scope, in_pages, major

CUSTOMERS = (
    "customer_id",
    "customer",
    "language",
    "first_order",
    "last_order",
    "orders",
    "cancelled",
    "paid",
    "given_back",
    "currency",
    "note",
)


async def customers(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """Those who ordered, never their account: what the sellers' card of them says."""
    people = select(User.id, User.name, User.language)
    dead = case((Order.status == OrderStatus.CANCELLED, 1), else_=0)
    sums = (
        select(
            Order.user_id,
            Order.currency,
            func.min(Order.created_at).label("first"),
            func.max(Order.created_at).label("last"),
            func.count().label("orders"),
            func.sum(dead).label("cancelled"),
            func.coalesce(func.sum(Payment.amount), 0).label("paid"),
            func.coalesce(func.sum(Payment.refunded_amount), 0).label("back"),
        )
        .outerjoin(Payment, Payment.order_id == Order.id)
        .where(*scope.mine, *scope.within(Order.created_at))
        .group_by(Order.user_id, Order.currency)
        .order_by(Order.user_id, Order.currency)
    )
    async for page in in_pages(session, people, User.id):
        known = {row.id: row for row in page}
        rows = (await session.execute(sums.where(Order.user_id.in_(known)))).all()
        notes = await _notes(session, scope, {row.user_id for row in rows})
        found: list[Row] = [
            {
                "customer_id": row.user_id,
                "customer": known[row.user_id].name,
                "language": known[row.user_id].language,
                "first_order": scope.at(row.first),
                "last_order": scope.at(row.last),
                "orders": row.orders,
                "cancelled": int(row.cancelled),
                "paid": major(int(row.paid), row.currency),
                "given_back": major(int(row.back), row.currency),
                "currency": row.currency,
                "note": notes.get(row.user_id),
            }
            for row in rows
        ]
        if found:
            yield found


async def _notes(session: AsyncSession, scope: Scope, ids: set[int]) -> dict[int, str]:
    if scope.owner_id is None or not ids:
        return {}
    query = select(CustomerNote.user_id, CustomerNote.text)
    rows = await session.execute(query.where(CustomerNote.owner_id == scope.owner_id, CustomerNote.user_id.in_(ids)))
    return {row.user_id: row.text for row in rows}
