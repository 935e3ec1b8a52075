"""/dashboard: a link that signs in at the desk, once."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.desk import views
from bot.screens.selling.desk.buttons import OpenDesk
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Permission
from shop.desk import links

router = Router()


@router.command("dashboard", for_="owner", needs=tuple(Permission), about=mark("The shop in your browser"))
async def dashboard(visit: Visit, _argument: str) -> Reply:
    """The link."""
    return await open_desk(visit, OpenDesk())


@router.button(OpenDesk, for_="owner", needs=tuple(Permission))
async def open_desk(visit: Visit, _pressed: OpenDesk) -> Reply:
    """Another one."""
    if not visit.policy.desk_url:
        return views.closed(visit.words, operator=visit.is_operator)
    async with visit.db.begin() as session:
        secret = await links.make(session, visit.seller, now=visit.now())
    return views.link(visit.words, f"{visit.policy.desk_url}/in/{secret}")
