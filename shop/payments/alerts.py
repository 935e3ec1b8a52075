"""Telling people about money: the customer what happened to theirs, the operators what they must look at."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Refund
from shop.notifications.operators import tell_operators, when
from shop.notifications.outbox import enqueue
from shop.orders.news import tell_card
from shop.policy import Policy


async def tell_customer(
    session: AsyncSession, order: Order, problem: str, *, amount: int, currency: str, key: str, now: datetime
) -> None:
    """Say what went wrong with their money, and that it is on its way back; once for this `key`."""
    await enqueue(
        session,
        user_id=order.user_id,
        kind="money_problem",
        data={"order_id": order.id, "problem": problem, "amount": amount, "currency": currency},
        dedupe_key=f"money:{key}:{problem}",
        now=now,
    )


async def tell_refunded(session: AsyncSession, order: Order, refund: Refund, *, by_hand: bool, now: datetime) -> None:
    """Say that money went back; once for each refund. `by_hand`: a person says that they gave it."""
    data = {"order_id": order.id, "amount": refund.amount, "currency": refund.currency}
    await enqueue(
        session,
        user_id=order.user_id,
        kind="refund_done",
        data={**data, "to_credit": True} if refund.to_credit else {**data, "by_hand": True} if by_hand else data,
        dedupe_key=f"refund:{refund.id}:done",
        now=now,
    )
    await tell_card(session, order.id, order.user_id, key=f"refund:{refund.id}", now=now)


async def tell_operators_of(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    order: Order,
    code: str,
    *,
    key: str,
    amount: int,
    currency: str,
    policy: Policy,
    asked_by: str | None = None,
    now: datetime,
    **data: Any,
) -> None:
    """Tell operators (without any, the seller) what they must look at in the money of an order; once for this `key`.

    `amount` is in minor units of `currency`; `asked_by` has read it already, and is reminded later.
    """
    await tell_operators(
        session,
        code,
        policy=policy,
        seller_id=order.owner_id,
        key=key,
        asked_by=asked_by,
        now=now,
        order_id=order.id,
        amount=amount,
        currency=currency,
        **data,
    )


async def tell_key_refused(session: AsyncSession, provider: str, *, policy: Policy, now: datetime) -> None:
    """Say that nothing works at a provider until its key is changed; once a day while it lasts."""
    key = f"{provider}:{now:%Y-%m-%d}"
    await tell_operators(session, "key_refused", policy=policy, seller_id=None, key=key, now=now, provider=provider)


async def tell_seller(
    session: AsyncSession, order: Order, code: str, *, key: str, asked_by: str | None = None, now: datetime, **data: Any
) -> None:
    """Tell the seller of an order what its money means for the goods; once for this `key`. `asked_by` as above."""
    await enqueue(
        session,
        user_id=order.owner_id,
        kind="operator_alert",
        data={"text_code": code, "order_id": order.id, **data},
        dedupe_key=f"alert:{code}:{key}:{order.owner_id}",
        run_at=when(order.owner_id, asked_by, now),
        now=now,
    )
