"""Telling operators what they must look at: written like every message, once for each key."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import User
from shop.notifications.outbox import enqueue
from shop.policy import Policy

REMINDER = timedelta(hours=1)


async def tell_operators(
    session: AsyncSession,
    code: str,
    *,
    policy: Policy,
    seller_id: int | None,
    key: str,
    asked_by: str | None = None,
    now: datetime,
    **data: Any,
) -> list[int]:
    """Alert everyone who operates the shop; the seller when no operator has ever spoken to the bot. Who it is.

    `asked_by` is the actor who has just read the same on the screen that answered: they are reminded later.
    """
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
            run_at=when(user_id, asked_by, now),
            now=now,
        )
    return people


async def tell_set_aside(
    session: AsyncSession, what: str, why: str, *, policy: Policy, seller_id: int | None = None, now: datetime
) -> None:
    """Say that one thing could not be handled and does not stand before the others any more; once for each."""
    await tell_operators(
        session, "set_aside", policy=policy, seller_id=seller_id, key=what[:64], now=now, what=what, why=why[:255]
    )


def when(user_id: int, asked_by: str | None, now: datetime) -> datetime:
    """At once, or later for who knows it already: an actor is "owner:7" or "operator:7"."""
    knows = asked_by is not None and asked_by in {f"owner:{user_id}", f"operator:{user_id}"}
    return now + REMINDER if knows else now
