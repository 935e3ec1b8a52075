"""What was done in the shop by those who run it: written in the transaction that does it, read by `/log`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent

SHOWN = 200  # letters of a text that was changed


def write(
    session: AsyncSession,
    actor: str,
    action: str,
    subject: str,
    *,
    owner_id: int | None,
    data: Mapping[str, Any],
    now: datetime,
) -> AdminEvent:
    """Write down who did what to whom or what, in whose shop (None: the whole shop's).

    `data` has a pair for each field that changed, before and after; beside these, what else there is to know.
    """
    event = AdminEvent(actor=actor, action=action, subject=subject, owner_id=owner_id, data=dict(data), created_at=now)
    session.add(event)
    return event


def pair(before: object, after: object) -> list[object]:
    """What a field was and is, short enough to be kept."""
    return [_short(before), _short(after)]


def _short(value: object) -> object:
    return value[:SHOWN] if isinstance(value, str) else value
