"""Forms in progress: one a person, kept in a row, so that a restart or another replica goes on where they were."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, select
from sqlalchemy import update as sql_update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Dialog, User
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed, insert_once

_CURRENT = select(Dialog).where(Dialog.user_id == bindparam("person")).execution_options(populate_existing=True)
_OPEN = PreparedRead(select(Dialog.kind, Dialog.step).where(Dialog.user_id == bindparam("person")))
_END = delete(Dialog).where(Dialog.user_id == bindparam("person"))
_END_KIND = _END.where(Dialog.kind == bindparam("kind"))


class OpenForm(Struct, frozen=True):
    """Which form is in progress, and at which of its steps."""

    kind: str
    step: str


async def start(
    session: AsyncSession,
    user: User,
    kind: str,
    step: str,
    data: dict[str, Any] | None = None,
    *,
    message_id: int | None = None,
    now: datetime,
) -> Dialog:
    """Begin a form; one that was in progress is forgotten. `message_id`: the message that shows it."""
    values: dict[str, Any] = {
        "kind": kind,
        "step": step,
        "data": data or {},
        "message_id": message_id,
        "updated_at": now,
    }
    if not await changed(session, sql_update(Dialog).where(Dialog.user_id == user.id).values(values)):
        await insert_once(session, Dialog, user_id=user.id, **values)
    return await _read(session, user)


async def current(session: AsyncSession, user: User) -> Dialog | None:
    """The form that the person is filling in."""
    return await session.scalar(_CURRENT, {"person": user.id})


async def open_form(db: Database, user: User) -> OpenForm | None:
    """Which form the person is filling in; one prepared statement."""
    rows = await db.look(_OPEN, {"person": user.id})
    return OpenForm(*rows[0]) if rows else None


async def update(
    session: AsyncSession,
    user: User,
    *,
    step: str,
    data: dict[str, Any] | None = None,
    kind: str | None = None,
    message_id: int | None = None,
    now: datetime,
) -> bool:
    """Go to a step (or back) with everything said so far; False when no form (of this kind) is in progress.

    Without `data`, what was said stays as it is.
    """
    values: dict[str, Any] = {"step": step, "updated_at": now}
    if data is not None:
        values["data"] = data
    if message_id is not None:
        values["message_id"] = message_id
    mine = sql_update(Dialog).where(Dialog.user_id == user.id)
    if kind is not None:
        mine = mine.where(Dialog.kind == kind)
    return await changed(session, mine.values(values)) == 1


async def finish(session: AsyncSession, user: User, kind: str | None = None) -> bool:
    """End the form (only one of this kind, if given): done or cancelled; False when there was none."""
    if kind is None:
        return await changed(session, _END, {"person": user.id}) == 1
    return await changed(session, _END_KIND, {"person": user.id, "kind": kind}) == 1


async def _read(session: AsyncSession, user: User) -> Dialog:
    return (await session.scalars(_CURRENT, {"person": user.id})).one()
