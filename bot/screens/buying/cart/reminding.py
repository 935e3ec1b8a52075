"""The one reminder of a cart that was left."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.cart import views
from bot.sending.reply import Reply
from db.models import Notification
from shop import carts

router = Router()


@router.notice("cart_left")
async def cart_left(visit: Visit, _notification: Notification) -> Reply | None:
    """What waits in it; silence when it is empty by now."""
    async with visit.db.read() as session:
        view = await carts.look(session, visit.user, now=visit.now())
    return views.waits(visit.words, view) if view.sellers else None
