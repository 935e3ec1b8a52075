"""Receipts: numbers without gaps, sums that are those of their orders, one for every order that was paid."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, Receipt, ReceiptCounter, ReceiptKind
from shop.doctor.finding import Finding, some


async def receipts_have_no_gaps(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The numbers of a seller's year go from 1 to as many as there are, and the counter says how many."""
    numbers = (
        select(
            Receipt.owner_id,
            Receipt.year,
            func.count().label("many"),
            func.min(Receipt.number).label("least"),
            func.max(Receipt.number).label("most"),
        )
        .group_by(Receipt.owner_id, Receipt.year)
        .subquery()
    )
    same = and_(ReceiptCounter.owner_id == numbers.c.owner_id, ReceiptCounter.year == numbers.c.year)
    query = (
        select(numbers.c.owner_id, numbers.c.year, numbers.c.many, numbers.c.most, ReceiptCounter.last)
        .select_from(numbers)
        .outerjoin(ReceiptCounter, same)
        .where(
            or_(
                numbers.c.least != 1,
                numbers.c.most != numbers.c.many,
                ReceiptCounter.last.is_(None),
                ReceiptCounter.last != numbers.c.most,
            )
        )
        .order_by(numbers.c.owner_id, numbers.c.year)
    )
    return [
        Finding(
            "receipts_have_no_gaps",
            f"seller {owner}, {year}",
            f"there are {many} receipts, the last is number {most}, the counter says {last}",
            "Somebody wrote to the table receipts or its counter by hand: restore what is missing from a backup",
        )
        for owner, year, many, most, last in await some(session, query)
    ]


async def receipts_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A receipt of a sale has the total and the tax of its order."""
    query = (
        select(Receipt.order_id, Receipt.total, Receipt.tax, Order.total_price, Order.tax + Order.tax_within)
        .join(Order, Order.id == Receipt.order_id)
        .where(
            Receipt.kind == ReceiptKind.SALE,
            or_(Receipt.total != Order.total_price, Receipt.tax != Order.tax + Order.tax_within),
        )
        .order_by(Receipt.id)
    )
    return [
        Finding(
            "receipts_add_up",
            f"order {order_id}",
            f"its receipt says {total} with {tax} of tax, the order {price} with {of_order} (minor units)",
            "Somebody wrote to the table orders by hand: the receipt is what the customer was charged",
        )
        for order_id, total, tax, price, of_order in await some(session, query)
    ]


async def paid_orders_have_receipts(session: AsyncSession, _now: datetime) -> list[Finding]:
    """Whatever was paid since there are receipts has one."""
    first = select(func.min(Receipt.issued_at)).scalar_subquery()
    has = select(Receipt.id).where(Receipt.order_id == Payment.order_id, Receipt.kind == ReceiptKind.SALE).exists()
    query = select(Payment.order_id).where(Payment.payment_date >= first, ~has).order_by(Payment.order_id)
    return [
        Finding(
            "paid_orders_have_receipts",
            f"order {order_id}",
            "it was paid, and has no receipt",
            "Was it paid while an older version ran beside this one? Write its receipt by hand, outside the shop",
        )
        for (order_id,) in await some(session, query)
    ]
