"""A text for many people: written, tried, sized, sent, stopped and counted."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.parts.news import news
from bot.screens.selling.broadcasts import views
from bot.screens.selling.broadcasts.buttons import (
    ListBroadcasts,
    OpenBroadcast,
    SetGoingOut,
    StartBroadcast,
    TryBroadcast,
    WriteBroadcast,
)
from bot.screens.selling.broadcasts.formats import as_html
from bot.sending.cutting import CAPTION, MESSAGE
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import BroadcastState, Dialog, Notification, Permission
from shop import broadcasts
from shop.broadcasts import Standing, Written
from shop.forms import dialogs
from shop.refusals import CannotRead

KIND = "broadcast"
PAGE = 8

router = Router()


@router.command("broadcast", for_="owner", needs=Permission.PROMOTION, about=mark("News to your customers"))
async def broadcast(visit: Visit, _argument: str) -> Reply:
    """What went out, and a key for a new one."""
    return await _list(visit, None)


@router.button(ListBroadcasts, for_="owner", needs=Permission.PROMOTION)
async def list_broadcasts(visit: Visit, pressed: ListBroadcasts) -> Reply:
    """A page of them; the message shows no more how far one of them is."""
    if visit.message_id is not None:
        async with visit.db.begin() as session:
            await broadcasts.show_no_more(session, visit.telegram_id, visit.message_id)
    return await _list(visit, pressed.before)


@router.button(WriteBroadcast, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def write_broadcast(visit: Visit, _pressed: WriteBroadcast) -> Reply:
    """Ask for the text."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "text", {}, now=visit.now())
    return views.ask(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask(visit.words)


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more, takes="anything")
async def take_text(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """Keep it as a draft, with its photo and its format; a text that is too long leaves the question open."""
    text, photo = said.text.strip(), said.photo_file_id
    most = MESSAGE if photo is None else CAPTION
    if not text or len(text.encode("utf-16-le")) // 2 > most:
        raise CannotRead(field="broadcast", given="", hint="too_long" if text else "empty", limit=most)
    written = Written(text, as_html(said.formatted), photo, visit.bot_id if photo is not None else None)
    async with visit.db.begin() as session:
        made = await broadcasts.create(session, visit.seller, written, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, made.id)


@router.button(OpenBroadcast, for_="owner", needs=Permission.PROMOTION)
async def open_broadcast(visit: Visit, pressed: OpenBroadcast) -> Reply:
    """One of them, with its figures of this moment."""
    return await show(visit, pressed.broadcast_id)


@router.button(TryBroadcast, for_="owner", needs=Permission.PROMOTION, stays=True)
async def try_broadcast(visit: Visit, pressed: TryBroadcast) -> Reply:
    """The message as its readers will see it, below the draft; without the key that ends more of it."""
    return await _as_read(visit, pressed.broadcast_id)


@router.notice(broadcasts.TRIED)
async def tried(visit: Visit, notification: Notification) -> Reply:
    """The same, asked for at the desk."""
    return await _as_read(visit, int(notification.data["broadcast_id"]))


@router.button(StartBroadcast, for_="owner", needs=Permission.PROMOTION, asks=sure.SURE, within=sure.SURE)
async def start_broadcast(visit: Visit, pressed: StartBroadcast) -> Reply:
    """Asked once, with how many it reaches: the second tap for the same people lets it go out."""
    standing = await _standing(visit, pressed.broadcast_id)
    if standing.broadcast.state is not BroadcastState.DRAFT:
        return views.one(visit.words, standing)
    seen = ",".join(standing.broadcast.segment)  # not how many: in a busy shop that never stands still
    if not standing.size:
        return views.one(visit.words, standing, toast=visit.words.plain("This reaches nobody."))
    if await sure.agreed(visit, pressed, seen) is None:
        async with visit.db.begin() as session:
            await sure.ask(session, visit, pressed, seen)
        return views.sure(visit.words, standing)
    async with visit.db.begin() as session:
        await broadcasts.start(session, visit.seller, pressed.broadcast_id, now=visit.now())
    return await show(visit, pressed.broadcast_id)


@router.button(SetGoingOut, for_="owner", needs=Permission.PROMOTION)
async def set_going_out(visit: Visit, pressed: SetGoingOut) -> Reply:
    """Stop it, or let it go on with those who have not had it."""
    async with visit.db.begin() as session:
        await broadcasts.set_running(
            session, visit.seller, pressed.broadcast_id, running=pressed.running, now=visit.now()
        )
    return await show(visit, pressed.broadcast_id)


async def _as_read(visit: Visit, broadcast_id: int) -> Screen:
    standing = await _standing(visit, broadcast_id)
    shown = news(visit.words, standing.broadcast, visit.bot_id)
    back = ((views.to_draft(visit.words, broadcast_id),),)
    return Screen(shown.text, back, photo=shown.photo, fresh=True)


async def _standing(visit: Visit, broadcast_id: int) -> Standing:
    async with visit.db.read() as session:
        return await broadcasts.look(session, visit.seller, broadcast_id, now=visit.now())


@router.page(OpenBroadcast, for_="owner", needs=Permission.PROMOTION)
async def page(visit: Visit, pressed: OpenBroadcast) -> Screen:
    """How it stands now, drawn without a tap."""
    return views.one(visit.words, await _standing(visit, pressed.broadcast_id))


async def show(visit: Visit, broadcast_id: int) -> Screen:
    """How it stands; while it goes out, this message goes on to say how far it is."""
    standing = await _standing(visit, broadcast_id)
    if standing.broadcast.state is BroadcastState.RUNNING and visit.message_id is not None:
        async with visit.db.begin() as session:
            await broadcasts.show_in(session, broadcast_id, visit.telegram_id, visit.message_id)
    return views.one(visit.words, standing)


async def _list(visit: Visit, before: int | None) -> Screen:
    async with visit.db.read() as session:
        found = await broadcasts.listed(session, visit.seller, before=before, limit=PAGE + 1)
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return views.listed(visit.words, found[:PAGE], paged=before is not None, following=following)
