"""News refused, and wanted again, under the message itself."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.cart.buttons import OpenCart
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.screens.buying.news.buttons import WantKind, WantNews
from bot.screens.parts.news import news
from bot.sending.reply import Lead, Reply
from shop import broadcasts
from shop.people import optouts
from shop.refusals import NotFound

router = Router()


@router.button(WantKind)
async def want_kind(visit: Visit, pressed: WantKind) -> Reply:
    """Say yes or no to this kind of news, for good."""
    if pressed.kind not in optouts.KINDS:
        raise NotFound
    async with visit.db.begin() as session:
        await optouts.set_wanted(session, visit.user, pressed.kind, wanted=pressed.wanted, now=visit.now())
    words = visit.words
    said = words.plain("You will hear of it.") if pressed.wanted else words.plain("You will hear no more of it.")
    return Lead(OpenCart() if pressed.kind == optouts.CART else OpenFavourites(), toast=said)


@router.button(WantNews)
async def want_news(visit: Visit, pressed: WantNews) -> Reply:
    """Say yes or no to more of it; the key then says the other."""
    async with visit.db.begin() as session:
        broadcast = await broadcasts.set_wanted(
            session, visit.user, pressed.broadcast_id, wanted=pressed.wanted, now=visit.now()
        )
    return news(visit.words, broadcast, visit.bot_id, wanted=pressed.wanted, told=True)
