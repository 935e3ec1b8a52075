"""Taking in what was shown: of a file, or of a change to several products; what is shown is what is done."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportRun
from shop import importing
from shop.desk.sessions import Present
from shop.importing import Busy, ImportReport, undoing
from web.desk.behind import Behind

_one_at_a_time = asyncio.Lock()  # a list takes more memory than all the rest of the shop


async def look(desk: Behind, who: Present, content: bytes) -> ImportReport:
    """What it would change. Raises NotPermitted."""
    async with _one_at_a_time:
        return await importing.look(desk.db, who.acting, content, policy=desk.policy(), clock=desk.clock)


async def take(desk: Behind, who: Present, content: bytes, *, name: str, seen: str) -> ImportReport | None:
    """Take it in, if it still does what was `seen`; None: it would do something else now."""

    async def agreed(_: AsyncSession) -> bool:
        return True  # sent twice, it changes nothing the second time, and so is not what was seen

    sent = importing.Sent(mark=importing.mark_of(content), name=name[:255])
    async with _one_at_a_time:
        try:
            return await importing.take(
                desk.db,
                who.acting,
                content,
                seen=seen,
                agreed=agreed,
                sent=sent,
                policy=desk.policy(),
                clock=desk.clock,
            )
        except importing.NotAgreed:
            return None


async def run_of(desk: Behind, who: Present, run_id: int) -> ImportRun | None:
    """A list that was taken in. Raises NotPermitted."""
    async with desk.db.read() as session:
        return await undoing.look(session, who.acting, run_id)


async def undo(desk: Behind, who: Present, run_id: int) -> bool | None:
    """Put back what it changed; False where it cannot be undone any more, None while another list is on its way."""
    run = await run_of(desk, who, run_id)
    if run is None:
        return False
    others = run.new + run.changed > importing.AT_ONCE
    try:
        begun = await desk.db.transact(
            lambda session: undoing.begin(session, who.acting, run_id, now=desk.now(), others=others)
        )
    except Busy:
        return None
    if begun and not others:
        await undoing.go_on(desk.db, run_id, desk.clock)
    return begun
