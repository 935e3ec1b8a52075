"""A broadcast that goes out by itself at a time, and does not after all."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.broadcasts import views
from bot.screens.selling.broadcasts.buttons import AskTime, SetTime
from bot.screens.selling.broadcasts.handlers import show
from bot.screens.selling.broadcasts.moments import of_minute, read_moment, suggested
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import broadcasts
from shop.forms import dialogs
from shop.refusals import CannotRead

KIND = "broadcast_time"

router = Router()


@router.button(AskTime, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def ask_time(visit: Visit, pressed: AskTime) -> Reply:
    """Ask when."""
    return await _ask(visit, pressed.broadcast_id)


@router.button(SetTime, for_="owner", needs=Permission.PROMOTION, within=KIND)
async def set_time(visit: Visit, pressed: SetTime) -> Reply:
    """Then, or not by itself."""
    async with visit.db.begin() as session:
        await broadcasts.schedule(
            session, visit.seller, pressed.broadcast_id, of_minute(pressed.minute), now=visit.now()
        )
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, pressed.broadcast_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["broadcast_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more)
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """A day and a time; what cannot be read is asked for again."""
    broadcast_id = int(dialog.data["broadcast_id"])
    try:
        moment = read_moment(said.text, visit.now(), visit.policy.timezone)
        async with visit.db.begin() as session:
            await broadcasts.schedule(session, visit.seller, broadcast_id, moment, now=visit.now())
            await dialogs.finish(session, visit.user, KIND)
    except CannotRead as refused:
        return await _ask(visit, broadcast_id, problem="⚠️ " + escape(say(visit.words, refused)))
    return await show(visit, broadcast_id)


async def _ask(visit: Visit, broadcast_id: int, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await broadcasts.look(session, visit.seller, broadcast_id, now=visit.now())
        await dialogs.start(session, visit.user, KIND, "time", {"broadcast_id": broadcast_id}, now=visit.now())
    moments = suggested(visit.now(), visit.policy.timezone)
    return views.ask_time(visit.words, broadcast_id, moments, problem=problem)
