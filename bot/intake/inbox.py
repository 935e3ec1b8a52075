"""Updates that carry money, written down before Telegram is told that we have them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import TelegramUpdate
from db.ordering import along
from db.writes import changed, insert_once

_FAILED = (
    update(TelegramUpdate)
    .where(TelegramUpdate.update_id == bindparam("update"))
    .values(attempts=TelegramUpdate.attempts + 1)
)
_DONE = _FAILED.values(done_at=bindparam("now"))


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
        )


async def waiting(session: AsyncSession, *, limit: int = 100) -> list[dict[str, Any]]:
    """Those that were not handled to the end, oldest first."""
    query = (
        select(TelegramUpdate.payload)
        .where(TelegramUpdate.done_at.is_(None))
        .order_by(*along(session, [TelegramUpdate.done_at], [TelegramUpdate.update_id]))
        .limit(limit)
    )
    return list(await session.scalars(query))


async def finish(session: AsyncSession, update_id: int, *, handled: bool, now: datetime) -> None:
    """Note how handling one ended; what failed waits for the next replay."""
    if handled:
        await changed(session, _DONE, {"update": update_id, "now": now})
    else:
        await changed(session, _FAILED, {"update": update_id})
