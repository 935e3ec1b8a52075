"""A list of products sent as a file: what it would change, and then yes or no."""

import asyncio
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.sure import SURE
from bot.screens.parts.sure import ask as ask_back
from bot.screens.selling.lists import taken_views, views
from bot.screens.selling.lists.buttons import TakeIn
from bot.sending.reply import Reply
from db.models import Permission
from shop import importing
from shop.forms import dialogs
from shop.importing import LARGEST

LISTS = frozenset({"csv", "tsv", "txt", "xlsx", "xlsm"})
TOLD_AGAIN = timedelta(hours=1)

router = Router()
_one_at_a_time = asyncio.Lock()  # a file takes more memory than all the rest of the shop


@router.document(needs=Permission.CATALOGUE, asks=SURE)
async def file_sent(visit: Visit, said: Said) -> Reply:
    """Say what it would change, and ask."""
    file, words = said.file, visit.words
    if file is None or file.name.lower().rpartition(".")[2] not in LISTS:
        return views.no_list(words)
    if not visit.seller.may(Permission.STOCK):
        return views.stock_too(words)
    if file.size > LARGEST:
        return views.too_large(words)
    return await _look(visit, file.file_id, file.name)


@router.button(TakeIn, for_="owner", needs=Permission.CATALOGUE, asks=SURE, within=SURE)
async def take_in(visit: Visit, pressed: TakeIn) -> Reply:
    """Take it in, once, if it still does what was shown."""
    words = visit.words
    if not visit.seller.may(Permission.STOCK):
        return views.stock_too(words)
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
        since = visit.now() - TOLD_AGAIN
        run = await importing.taken(session, visit.seller, pressed.mark, since=since)
    if dialog is None or dialog.kind != SURE or dialog.data.get("yes") != pressed.pack():
        return views.over(words) if run is None else taken_views.run(words, run, now=visit.now())
    file_id, name = str(dialog.data["file_id"]), str(dialog.data["name"])
    seen = str(dialog.data["seen"])

    async def agreed(session: AsyncSession) -> bool:
        return await dialogs.finish(session, visit.user, SURE)

    sent = importing.Sent(
        mark=pressed.mark,
        name=name,
        user_id=visit.user.id,
        file_id=file_id,
        bot_id=visit.bot_id,
        message_id=visit.message_id,
    )
    async with _one_at_a_time:
        content = await visit.files.read(file_id, most=LARGEST)
        try:
            report = await importing.take(
                visit.db,
                visit.seller,
                content,
                seen=seen,
                agreed=agreed,
                sent=sent,
                policy=visit.policy,
                clock=visit.clock,
            )
        except importing.NotAgreed:
            report = None
    if report is None:
        return await _look(visit, file_id, name, note=words("Something changed meanwhile. It would do this now:"))
    if not report.ok:
        return views.refused(words, name, report)
    async with visit.db.read() as session:
        run = await importing.undoing.look(session, visit.seller, report.runs[0])
    return views.over(words) if run is None else taken_views.run(words, run, now=visit.now())


async def _look(visit: Visit, file_id: str, name: str, *, note: str = "") -> Reply:
    async with _one_at_a_time:
        content = await visit.files.read(file_id, most=LARGEST)
        report = await importing.look(visit.db, visit.seller, content, policy=visit.policy, clock=visit.clock)
    counts = importing.counts_of(report)
    if not report.ok:
        return views.refused(visit.words, name, report)
    if not counts.new + counts.changed:
        return views.nothing_new(visit.words, name, report)
    yes = TakeIn(importing.mark_of(content))
    async with visit.db.begin() as session:
        seen = importing.outline(report)
        await ask_back(session, visit, yes, seen, file_id=file_id, name=name)
    return views.summary(visit.words, name, report, yes, note=note)
