"""Telling people about money: the customer what happened to theirs, the operators what they must look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, User
from shop.outbox import enqueue
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


async def tell_refunded(
    session: AsyncSession, order: Order, refund_id: int, *, amount: int, currency: str, now: datetime
) -> None:
    """Say that money went back; once for each refund."""
    await enqueue(
        session,
        user_id=order.user_id,
        kind="refund_done",
        data={"order_id": order.id, "amount": amount, "currency": currency},
        dedupe_key=f"refund:{refund_id}:done",
        now=now,
    )


async def tell_operators(
    session: AsyncSession, code: str, *, policy: Policy, seller_id: int | None, key: str, now: datetime, **data: Any
) -> None:
    """Alert everyone who operates the shop; the seller when no operator has ever spoken to the bot."""
    query = select(User.id).where(User.telegram_id.in_(sorted(policy.operators))).order_by(User.id)
    people = list(await session.scalars(query)) if policy.operators else []
    if not people and seller_id is not None:
        people = [seller_id]
    for user_id in people:
        await enqueue(
            session,
            user_id=user_id,
            kind="operator_alert",
            data={"text_code": code, **data},
            dedupe_key=f"alert:{code}:{key}:{user_id}",
            now=now,
        )
