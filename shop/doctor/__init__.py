"""Checks the shop's promises on a live database: reads only, a bounded number of queries, one sentence a finding."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shop.doctor import (
    broadcasts,
    categories,
    credit,
    money,
    orders,
    presents,
    privacy,
    promotions,
    receipts,
    returns,
    stock,
    subscriptions,
    telling,
    units,
)
from shop.doctor.finding import Check, Finding

__all__ = ["CHECKS", "Finding", "check"]

CHECKS: tuple[Check, ...] = (
    stock.stock_within_bounds,
    stock.stock_equals_movements,
    stock.held_equals_pending,
    stock.sold_equals_orders,
    stock.sellable_has_inventory,
    categories.hidden_ones_are_off,
    units.free_units_are_stock,
    units.sold_units_are_lines,
    orders.totals_add_up,
    orders.taxes_add_up,
    orders.timeline_is_complete,
    orders.holds_end,
    orders.sellers_sell_their_own,
    orders.reviews_are_by_buyers,
    orders.ratings_add_up,
    presents.presents_have_receivers,
    returns.returned_is_bought,
    returns.returns_are_told,
    promotions.promotions_are_counted,
    promotions.discounts_add_up,
    promotions.ended_orders_use_nothing,
    credit.credit_adds_up,
    credit.held_credit_is_of_open_orders,
    credit.cards_count_once,
    money.ledger_adds_up,
    money.refunds_add_up,
    money.money_is_not_kept_for_nothing,
    money.nobody_pays_twice,
    money.goods_are_paid_for,
    money.providers_are_heard,
    money.refunds_arrive,
    subscriptions.months_are_paid,
    subscriptions.subscriptions_end,
    receipts.receipts_have_no_gaps,
    receipts.receipts_add_up,
    receipts.paid_orders_have_receipts,
    telling.moves_are_told,
    telling.messages_leave,
    telling.updates_are_handled,
    broadcasts.broadcasts_arrive,
    privacy.who_left_is_forgotten,
)


async def check(session: AsyncSession, *, now: datetime) -> list[Finding]:
    """Everything that is wrong: at most twenty findings of each kind, in the order of CHECKS."""
    findings: list[Finding] = []
    for each in CHECKS:
        findings += await each(session, now)
    return findings
