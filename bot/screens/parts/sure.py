"""What cannot be undone is asked once: yes counts for that very question, about the thing as it was shown.

A key of an older message, or of a question that was left, is no yes: whoever is asked then sees the present state.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.visit import Visit
from bot.sending.button import Button
from shop.forms import dialogs

SURE = "sure"
STEP = "sure"


async def ask(session: AsyncSession, visit: Visit, yes: Button, seen: str, *, kind: str = SURE, **more: Any) -> None:
    """Wait for a tap on `yes`; `seen` is the state of the thing that is shown with the question."""
    data = {**more, "yes": yes.pack(), "seen": seen}
    await dialogs.start(session, visit.user, kind, STEP, data, now=visit.now())


async def agreed(visit: Visit, yes: Button, seen: str, *, kind: str = SURE) -> Mapping[str, Any] | None:
    """What was asked, where this tap says yes to it and nothing changed meanwhile; once."""

    async def work(session: AsyncSession) -> Mapping[str, Any] | None:
        dialog = await dialogs.current(session, visit.user)
        if dialog is None or dialog.kind != kind:
            return None
        data = dialog.data
        if (data.get("yes"), data.get("seen")) != (yes.pack(), seen):
            return None
        return data if await dialogs.finish(session, visit.user, kind) else None

    return await visit.db.transact(work)
