"""News refused, and wanted again, under the message itself."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.news.buttons import WantNews
from bot.screens.parts.news import news
from bot.sending.reply import Reply
from shop import broadcasts

router = Router()


@router.button(WantNews)
async def want_news(visit: Visit, pressed: WantNews) -> Reply:
    """Say yes or no to more of it; the key then says the other."""
    async with visit.db.begin() as session:
        broadcast = await broadcasts.set_wanted(
            session, visit.user, pressed.broadcast_id, wanted=pressed.wanted, now=visit.now()
        )
    return news(visit.words, broadcast, visit.bot_id, wanted=pressed.wanted, told=True)
