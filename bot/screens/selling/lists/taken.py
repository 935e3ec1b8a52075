"""A list that was begun: how far it is, and the way back for an hour."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts.sure import SURE, agreed
from bot.screens.parts.sure import ask as ask_back
from bot.screens.selling.lists import taken_views, views
from bot.screens.selling.lists.buttons import OpenList, UndoList
from bot.sending.reply import Reply
from db.models import ImportRun, Notification, Permission
from shop import importing
from shop.importing import Busy, may_be_undone, undoing
from shop.refusals import Refusal

router = Router()


@router.button(OpenList, for_="owner", needs=Permission.CATALOGUE)
async def open_list(visit: Visit, pressed: OpenList) -> Reply:
    """How far it is."""
    return await _show(visit, pressed.run_id)


@router.button(UndoList, for_="owner", needs=Permission.CATALOGUE, asks=SURE, within=SURE)
async def undo_list(visit: Visit, pressed: UndoList) -> Reply:
    """Ask, then put back: at once, or for a long list by and by."""
    words = visit.words
    if not visit.seller.may(Permission.STOCK):
        return views.stock_too(words)
    run = await _look(visit, pressed.run_id)
    if run is None:
        return views.over(words)
    if not may_be_undone(run, visit.now()):
        return taken_views.run(words, run, now=visit.now(), note=words("It cannot be undone any more."))
    yes, seen = UndoList(run.id, sure=True), run.state.value
    if not pressed.sure or await agreed(visit, yes, seen) is None:
        async with visit.db.begin() as session:
            await ask_back(session, visit, yes, seen)
        return taken_views.sure(words, run, yes)
    others = run.new + run.changed > importing.AT_ONCE
    try:
        begun = await visit.db.transact(
            lambda session: undoing.begin(session, visit.seller, run.id, now=visit.now(), others=others)
        )
    except Busy:
        note = words("Another list is on its way. Try again when it is done.")
        return taken_views.run(words, run, now=visit.now(), note=note)
    if begun and not others:
        await undoing.go_on(visit.db, run.id, visit.clock)
    return await _show(visit, run.id)


@router.notice("list_taken", "list_undone")
async def list_told(visit: Visit, notification: Notification) -> Reply | None:
    """What became of it, for who did not wait; and how far it is, for who does."""
    try:
        run = await _look(visit, int(notification.data["run_id"]))
    except Refusal:
        return None
    return None if run is None else taken_views.run(visit.words, run, now=visit.now())


async def _look(visit: Visit, run_id: int) -> ImportRun | None:
    async with visit.db.read() as session:
        return await undoing.look(session, visit.seller, run_id)


async def _show(visit: Visit, run_id: int) -> Reply:
    if not visit.seller.may(Permission.STOCK):
        return views.stock_too(visit.words)
    run = await _look(visit, run_id)
    return views.over(visit.words) if run is None else taken_views.run(visit.words, run, now=visit.now())
