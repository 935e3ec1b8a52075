"""Updates that carry money, written down before Telegram is told that we have them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import TelegramUpdate
from db.ordering import along
from db.writes import changed, insert_once
from shop.jobs import tries
from shop.notifications.operators import tell_set_aside
from shop.policy import Policy

WAITS = (TelegramUpdate.done_at.is_(None), TelegramUpdate.dead_at.is_(None))

_DONE = (
    update(TelegramUpdate)
    .where(TelegramUpdate.update_id == bindparam("update"))
    .values(attempts=TelegramUpdate.attempts + 1, done_at=bindparam("now"), dead_at=None, error=None)
)
_FAILED = (
    update(TelegramUpdate)
    .where(TelegramUpdate.update_id == bindparam("update"), *WAITS)
    .values(attempts=TelegramUpdate.attempts + 1, error=bindparam("why"))
)
_LATER = (
    update(TelegramUpdate)
    .where(TelegramUpdate.update_id == bindparam("update"), *WAITS)
    .values(run_at=bindparam("again"))
)
_ASIDE = (
    update(TelegramUpdate)
    .where(TelegramUpdate.update_id == bindparam("update"), *WAITS)
    .values(dead_at=bindparam("now"), error=bindparam("why"))
)


async def keep(session: AsyncSession, updates: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Write them down; one that is there already stays as it is."""
    for raw in updates:
        kind = "refund" if "refunded_payment" in raw["message"] else "payment"
        await insert_once(
            session,
            TelegramUpdate,
            update_id=raw["update_id"],
            kind=kind,
            payload=dict(raw),
            attempts=0,
            received_at=now,
            run_at=now,
        )


async def waiting(session: AsyncSession, *, now: datetime, limit: int = 100) -> list[dict[str, Any]]:
    """Those that were not handled to the end and are due: what was never tried before what failed before."""
    query = (
        select(TelegramUpdate.payload)
        .where(*WAITS, TelegramUpdate.run_at <= now)
        .order_by(
            *along(
                session,
                [TelegramUpdate.done_at, TelegramUpdate.dead_at],
                [TelegramUpdate.run_at, TelegramUpdate.update_id],
            )
        )
        .limit(limit)
    )
    return list(await session.scalars(query))


async def finish(session: AsyncSession, update_id: int, *, now: datetime) -> None:
    """It was handled to its end."""
    await changed(session, _DONE, {"update": update_id, "now": now})


async def fail(session: AsyncSession, update_id: int, why: str, *, policy: Policy, now: datetime) -> None:
    """Handling it failed: it is tried again later, and set aside after many tries."""
    if not await changed(session, _FAILED, {"update": update_id, "why": why[:255]}):
        return
    tried = await session.scalar(select(TelegramUpdate.attempts).where(TelegramUpdate.update_id == update_id)) or 0
    if tries.are_enough(tried):
        await set_aside(session, update_id, why, policy=policy, now=now)
    else:
        await changed(session, _LATER, {"update": update_id, "again": tries.next_try(tried, now=now)})


async def set_aside(session: AsyncSession, update_id: int, why: str, *, policy: Policy, now: datetime) -> None:
    """Try it no more, and tell the operators once; `storefront aside` can have it tried again."""
    if await changed(session, _ASIDE, {"update": update_id, "why": why[:255], "now": now}):
        await tell_set_aside(session, f"Telegram update {update_id}", why, policy=policy, now=now)


async def is_aside(session: AsyncSession, update_id: int) -> bool:
    """Whether it was set aside."""
    query = select(TelegramUpdate.update_id).where(
        TelegramUpdate.update_id == update_id, TelegramUpdate.dead_at.is_not(None)
    )
    return await session.scalar(query) is not None
