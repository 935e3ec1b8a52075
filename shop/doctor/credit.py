"""Store credit: a balance is the sum of its movements, what is held is held for somebody, a card counted once."""

from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    CreditAccount,
    CreditHold,
    CreditKind,
    CreditMovement,
    GiftCard,
    HoldState,
    Order,
    OrderStatus,
    Payment,
)
from shop.doctor.finding import Finding, some


async def credit_adds_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """What somebody has is the sum of everything that moved, and never less than nothing."""
    moved = (
        select(CreditMovement.account_id, func.sum(CreditMovement.delta).label("total"))
        .group_by(CreditMovement.account_id)
        .subquery()
    )
    total = func.coalesce(moved.c.total, 0)
    query = (
        select(CreditAccount.id, CreditAccount.user_id, CreditAccount.balance, total)
        .outerjoin(moved, moved.c.account_id == CreditAccount.id)
        .where(or_(CreditAccount.balance != total, CreditAccount.balance < 0))
        .order_by(CreditAccount.id)
    )
    return [
        Finding(
            "credit_adds_up",
            f"credit account {number} of user {person}",
            f"its balance is {balance}, its movements come to {real} (minor units)",
            "Somebody wrote to the tables of credit by hand: set balance to the sum of the movements",
        )
        for number, person, balance, real in await some(session, query)
    ]


async def held_credit_is_of_open_orders(session: AsyncSession, _now: datetime) -> list[Finding]:
    """An order holds what its row says as long as it waits, spent it when it is paid, and nothing once it ended."""
    out = CreditMovement.kind.in_((CreditKind.HELD, CreditKind.RETURNED))
    moved = (
        select(CreditMovement.order_id, (-func.sum(CreditMovement.delta)).label("taken"))
        .where(CreditMovement.order_id.is_not(None), out)
        .group_by(CreditMovement.order_id)
        .subquery()
    )
    taken = func.coalesce(moved.c.taken, 0)
    keeps = case((CreditHold.state == HoldState.RELEASED, 0), else_=CreditHold.amount)
    cancelled, paid = Order.status == OrderStatus.CANCELLED, Payment.payment_date.is_not(None)
    query = (
        select(Order.id, Order.credit, CreditHold.state, func.coalesce(CreditHold.amount, 0), taken)
        .outerjoin(CreditHold, CreditHold.order_id == Order.id)
        .outerjoin(Payment, Payment.order_id == Order.id)
        .outerjoin(moved, moved.c.order_id == Order.id)
        .where(
            or_(Order.credit > 0, CreditHold.id.is_not(None), moved.c.taken.is_not(None)),
            or_(
                CreditHold.id.is_(None),
                CreditHold.amount != Order.credit,
                keeps != taken,
                and_(CreditHold.state == HoldState.HELD, CreditHold.amount > 0, or_(cancelled, paid)),
                and_(CreditHold.state == HoldState.RELEASED, ~cancelled),
                and_(CreditHold.state == HoldState.SPENT, ~func.coalesce(paid, False)),
            ),
        )
        .order_by(Order.id)
    )
    return [
        Finding(
            "held_credit_is_of_open_orders",
            f"order {order_id}",
            f"{credit} of it is credit; its hold is {state or 'missing'} of {amount}, and {moved} was taken",
            "Compare with its payment; correct the hold, and move the balance with a movement beside it (minor units)",
        )
        for order_id, credit, state, amount, moved in await some(session, query)
    ]


async def cards_count_once(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A gift card that was redeemed is one movement of its value; one that was not is none."""
    redeemed = GiftCard.redeemed_at.is_not(None)
    query = (
        select(GiftCard.id, GiftCard.value, CreditMovement.delta)
        .outerjoin(CreditMovement, CreditMovement.card_id == GiftCard.id)
        .where(
            or_(
                and_(redeemed, func.coalesce(CreditMovement.delta, 0) != GiftCard.value),
                and_(~redeemed, CreditMovement.id.is_not(None)),
            )
        )
        .order_by(GiftCard.id)
    )
    return [
        Finding(
            "cards_count_once",
            f"gift card {number}",
            f"it is worth {value}, and {delta or 0} of it became credit (minor units)",
            "Somebody wrote to gift_cards or credit_movements by hand: compare with what the customer was told",
        )
        for number, value, delta in await some(session, query)
    ]
