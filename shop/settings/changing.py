"""Setting a setting, and leaving it to the file again: with who did it, and what it was before."""

import json
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.setting import REVISION, Setting
from db.writes import changed, insert_once
from shop.people import events
from shop.people.permissions import Acting
from shop.refusals import NotPermitted
from shop.settings.known import Known
from shop.settings.states import Value

SET = "setting.set"
LEFT = "setting.left"


async def set_value(
    session: AsyncSession, by: Acting, setting: Known, value: Value, *, below: Value, now: datetime
) -> None:
    """It is this from now on, whatever the file says; `below` is what the file says. Raises NotPermitted."""
    revision = await _next(session, by, now)
    before = await _present(session, setting, below)
    values = {"value": json.dumps(value, ensure_ascii=False), "revision": revision}
    values |= {"changed_by": by.actor, "changed_at": now}
    if not await changed(session, update(Setting).where(Setting.key == setting.key).values(values)):
        await insert_once(session, Setting, key=setting.key, **values)
    if before != value:
        _note(session, by, SET, setting, (before, value), now)


async def leave(session: AsyncSession, by: Acting, setting: Known, *, below: Value, now: datetime) -> None:
    """What the file says holds again. Raises NotPermitted."""
    await _next(session, by, now)
    before = await _present(session, setting, below)
    if await changed(session, delete(Setting).where(Setting.key == setting.key)):
        _note(session, by, LEFT, setting, (before, below), now)


async def _next(session: AsyncSession, acting: Acting, now: datetime) -> int:
    """The number of this change; until the transaction ends there is no other."""
    if not acting.everything:
        raise NotPermitted(wanted="operator")
    more = update(Setting).where(Setting.key == REVISION).values(revision=Setting.revision + 1)
    if not await changed(session, more):
        first = {"value": "null", "revision": 0, "changed_by": acting.actor, "changed_at": now}
        await insert_once(session, Setting, key=REVISION, **first)
        await changed(session, more)
    return await session.scalar(select(Setting.revision).where(Setting.key == REVISION)) or 0


async def _present(session: AsyncSession, setting: Known, below: Value) -> Value:
    """What held until now."""
    row = await session.scalar(select(Setting.value).where(Setting.key == setting.key))
    if row is not None:
        with suppress(ValueError):
            found: Value = json.loads(row)
            return found
    return below


def _note(
    session: AsyncSession, by: Acting, action: str, setting: Known, pair: tuple[Value, Value], now: datetime
) -> None:
    before, after = (", ".join(map(_short, one)) if isinstance(one, list) else one for one in pair)
    data = {"key": setting.key, "value": events.pair(before, after)}
    events.write(session, by.actor, action, f"setting:{setting.name}", owner_id=None, data=data, now=now)


def _short(item: object) -> str:
    """An item of a list; of a way to ship what it is called and costs."""
    return f"{item.get('title')} {item.get('price')}" if isinstance(item, dict) else str(item)
