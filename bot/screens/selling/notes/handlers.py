"""Notes about an order: read, written, changed and removed by those who see to the orders, and by nobody else."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.selling.notes import views
from bot.screens.selling.notes.buttons import OpenNotes, RemoveNote, WriteOrderNote
from bot.sending.reply import Reply
from db.models import Dialog, Permission
from shop.forms import dialogs
from shop.orders import notes

KIND = "order_note"

router = Router()


@router.button(OpenNotes, for_="owner", needs=Permission.ORDERS)
async def open_notes(visit: Visit, pressed: OpenNotes) -> Reply:
    """A page of them."""
    async with visit.db.read() as session:
        found = await notes.of_order(
            session, visit.seller, pressed.order_id, before=pressed.before, limit=views.PAGE + 1
        )
    return views.page(visit.words, pressed, found)


@router.button(WriteOrderNote, for_="owner", needs=Permission.ORDERS, asks=KIND)
async def write_note(visit: Visit, pressed: WriteOrderNote) -> Reply:
    """Ask for the words."""
    return await _ask(visit, pressed)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, WriteOrderNote(int(dialog.data["order_id"]), dialog.data.get("note_id")))


@router.dialog(KIND, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def note_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep it."""
    order_id, note_id = int(dialog.data["order_id"]), dialog.data.get("note_id")
    async with visit.db.begin() as session:
        if not await dialogs.finish(session, visit.user, KIND):
            return None
        if note_id is None:
            await notes.add(session, visit.seller, order_id, said.text, now=visit.now())
        else:
            await notes.change(session, visit.seller, int(note_id), said.text, now=visit.now())
    return await open_notes(visit, OpenNotes(order_id))


@router.button(RemoveNote, for_="owner", needs=Permission.ORDERS, asks=sure.SURE, within=sure.SURE)
async def remove_note(visit: Visit, pressed: RemoveNote) -> Reply:
    """Ask, and remove it."""
    async with visit.db.read() as session:
        note = await notes.get(session, visit.seller, pressed.note_id)
    yes, seen = RemoveNote(note.id, sure=True), note.updated_at.isoformat()
    if not pressed.sure or await sure.agreed(visit, yes, seen) is None:
        async with visit.db.begin() as session:
            await sure.ask(session, visit, yes, seen)
        return views.ask_remove(visit.words, note)
    async with visit.db.begin() as session:
        await notes.remove(session, visit.seller, note.id, now=visit.now())
    return await open_notes(visit, OpenNotes(note.order_id))


async def _ask(visit: Visit, pressed: WriteOrderNote) -> Reply:
    async with visit.db.begin() as session:
        await notes.of_order(session, visit.seller, pressed.order_id, limit=1)
        note = None if pressed.note_id is None else await notes.get(session, visit.seller, pressed.note_id)
        about = {"order_id": pressed.order_id, "note_id": pressed.note_id}
        await dialogs.start(session, visit.user, KIND, "text", about, now=visit.now())
    return views.ask(visit.words, pressed.order_id, "" if note is None else note.text)
