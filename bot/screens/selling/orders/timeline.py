"""An order's history: everything that happened to it, by pages."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.orders import timeline_views as views
from bot.screens.selling.orders.buttons import OpenTimeline
from bot.sending.reply import Reply
from db.models import Permission
from shop.orders import timeline

router = Router()


@router.button(OpenTimeline, for_="owner", needs=Permission.ORDERS)
async def open_timeline(visit: Visit, pressed: OpenTimeline) -> Reply:
    """A page of it, newest first."""
    async with visit.db.read() as session:
        found = await timeline.of_order(session, visit.seller, pressed.order_id, page=pressed.page)
    return views.timeline(visit.words, found)
