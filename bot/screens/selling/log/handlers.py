"""/log: who did what in the shop, and what it was before."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.log import views
from bot.screens.selling.log.buttons import OpenLog
from bot.sending.reply import Reply
from bot.words import mark
from shop.people import log, users

PAGE = 8

router = Router()


@router.command("log", for_="owner", about=mark("Who did what in your shop"))
async def log_command(visit: Visit, argument: str) -> Reply:
    """`/log`, `/log orders` or `/log @name`."""
    wanted = argument.strip()
    if not wanted:
        return await open_log(visit, OpenLog())
    kind = views.kind_of(visit.words, wanted)
    if kind is not None:
        return await open_log(visit, OpenLog(kind))
    async with visit.db.read() as session:
        person = await users.find_by_username(session, wanted.removeprefix("@")[:64])
    return await open_log(visit, OpenLog(person_id=person.id if person is not None else 0))


@router.button(OpenLog, for_="owner")
async def open_log(visit: Visit, pressed: OpenLog) -> Reply:
    """A page."""
    async with visit.db.read() as session:
        found = await log.page(
            session,
            visit.seller,
            kind=pressed.kind,
            person_id=pressed.person_id,
            before=pressed.before,
            limit=PAGE + 1,
        )
    return views.log(visit.words, pressed, found[:PAGE], more=len(found) > PAGE)
