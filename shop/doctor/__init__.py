"""Checks the shop's promises on a live database: reads only, a bounded number of queries, one sentence a finding."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shop.doctor import broadcasts, money, orders, promotions, stock, telling, units
from shop.doctor.finding import Check, Finding

__all__ = ["CHECKS", "Finding", "check"]

CHECKS: tuple[Check, ...] = (
    stock.stock_within_bounds,
    stock.stock_equals_movements,
    stock.held_equals_pending,
    stock.sold_equals_orders,
    stock.sellable_has_inventory,
    units.free_units_are_stock,
    units.sold_units_are_lines,
    orders.totals_add_up,
    orders.timeline_is_complete,
    orders.holds_end,
    orders.sellers_sell_their_own,
    orders.reviews_are_by_buyers,
    orders.ratings_add_up,
    promotions.promotions_are_counted,
    promotions.discounts_add_up,
    promotions.ended_orders_use_nothing,
    money.ledger_adds_up,
    money.refunds_add_up,
    money.money_is_not_kept_for_nothing,
    money.nobody_pays_twice,
    money.goods_are_paid_for,
    money.providers_are_heard,
    money.refunds_arrive,
    telling.moves_are_told,
    telling.messages_leave,
    telling.updates_are_handled,
    broadcasts.broadcasts_arrive,
)


async def check(session: AsyncSession, *, now: datetime) -> list[Finding]:
    """Everything that is wrong: at most twenty findings of each kind, in the order of CHECKS."""
    findings: list[Finding] = []
    for each in CHECKS:
        findings += await each(session, now)
    return findings
