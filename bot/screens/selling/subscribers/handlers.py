"""/subscribers: who pays every month, who has cancelled, and who is gone."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.subscribers import views
from bot.screens.selling.subscribers.buttons import ListSubscribers
from bot.sending.reply import Reply
from bot.words import mark
from shop.payments import subscribers

PAGE = 8

router = Router()


@router.command(
    "subscribers",
    for_="owner",
    needs=subscribers.SEEING,
    about=mark("Who pays you every month"),
    otherwise="subscriptions",
)
async def subscribers_command(visit: Visit, _argument: str) -> Reply:
    """Those that go on, the newest first."""
    return await list_subscribers(visit, ListSubscribers())


@router.button(ListSubscribers, for_="owner", needs=subscribers.SEEING)
async def list_subscribers(visit: Visit, pressed: ListSubscribers) -> Reply:
    """A page of them."""
    page = max(pressed.page, 0)
    async with visit.db.read() as session:
        counts = await subscribers.count(session, visit.seller)
        found = await subscribers.list_page(session, visit.seller, pressed.state, skip=page * PAGE, limit=PAGE + 1)
    return views.page(visit.words, counts, found[:PAGE], pressed.state, page, more=len(found) > PAGE)
