"""Promotions: each was used as often as it counts, and a discount is the sum of its lines' shares."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, OrderStatus, PromoCode, Promotion, Redemption
from shop.doctor.finding import Finding, some


async def promotions_are_counted(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The counter of a promotion, and that of a code, is the number of redemptions that stand."""
    findings: list[Finding] = []
    for name, table, column in (
        ("promotion", Promotion, Redemption.promotion_id),
        ("code", PromoCode, Redemption.code_id),
    ):
        stand = (
            select(column.label("id"), func.count().label("many"))
            .where(Redemption.released_at.is_(None), column.is_not(None))
            .group_by(column)
            .subquery()
        )
        many = func.coalesce(stand.c.many, 0)
        query = (
            select(table.id, table.used, many)
            .outerjoin(stand, stand.c.id == table.id)
            .where(table.used != many)
            .order_by(table.id)
        )
        findings += [
            Finding(
                "promotions_are_counted",
                f"{name} {number}",
                f"it counts {used} uses, {real} orders used it",
                "Set used to the number of its redemptions that are not released",
            )
            for number, used, real in await some(session, query)
        ]
    return findings


async def discounts_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """An order's discount is what its lines have of it, and what its promotions took off."""
    shares = (
        select(OrderItem.order_id, func.sum(OrderItem.discount).label("total")).group_by(OrderItem.order_id).subquery()
    )
    taken = (
        select(Redemption.order_id, func.sum(Redemption.amount).label("total")).group_by(Redemption.order_id).subquery()
    )
    of_lines, of_promotions = func.coalesce(shares.c.total, 0), func.coalesce(taken.c.total, 0)
    query = (
        select(Order.id, Order.discount, of_lines, of_promotions)
        .outerjoin(shares, shares.c.order_id == Order.id)
        .outerjoin(taken, taken.c.order_id == Order.id)
        .where(or_(Order.discount != of_lines, Order.discount != of_promotions))
        .order_by(Order.id)
    )
    return [
        Finding(
            "discounts_add_up",
            f"order {order_id}",
            f"its discount is {discount}, its lines have {lines} of it, its promotions took {promotions} (minor units)",
            "Somebody wrote to the table orders by hand: compare with what the customer was shown",
        )
        for order_id, discount, lines, promotions in await some(session, query)
    ]


async def ended_orders_use_nothing(session: AsyncSession, _now: datetime) -> list[Finding]:
    """What a cancelled order used was given back, and what any other uses stands."""
    cancelled = Order.status == OrderStatus.CANCELLED
    query = (
        select(Order.id, Redemption.promotion_id)
        .join(Redemption, Redemption.order_id == Order.id)
        .where(
            or_(
                cancelled & Redemption.released_at.is_(None),
                ~cancelled & Redemption.released_at.is_not(None),
            )
        )
        .order_by(Order.id)
    )
    return [
        Finding(
            "ended_orders_use_nothing",
            f"order {order_id}, promotion {promotion_id}",
            "its redemption does not stand as the order does",
            "Set or empty released_at, then correct the counters",
        )
        for order_id, promotion_id in await some(session, query)
    ]
