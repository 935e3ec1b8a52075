"""The first look of a seller's day, by command and by key."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.today import views
from bot.screens.selling.today.buttons import OpenToday
from bot.sending.reply import Reply
from bot.words import mark
from shop import figures
from shop.figures import SEEING
from shop.people import hours

router = Router()


@router.command("today", for_="owner", needs=SEEING, about=mark("What came, what waits, what runs out"))
async def today(visit: Visit, _argument: str) -> Reply:
    """The one screen to begin with."""
    return await open_today(visit, OpenToday())


@router.button(OpenToday, for_="owner", needs=SEEING)
async def open_today(visit: Visit, _pressed: OpenToday) -> Reply:
    """The same, looked at again."""
    async with visit.db.read() as session:
        morning = await figures.look(session, visit.seller, zone=visit.policy.timezone, now=visit.now())
        chosen = None if visit.seller.is_staff else await hours.of_seller(session, visit.seller)
    return views.today(visit.words, morning, chosen, now=visit.now())
