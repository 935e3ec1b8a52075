"""Favourites: the list, and how news of them are worded; what is over by then is not said."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.favourites import views
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Notification
from shop import catalog, favourites
from shop.catalog import ProductCard
from shop.refusals import NotForSale, NotFound

PAGE = 5

router = Router()


@router.command("favourites", about=mark("What you like"), also="favorites wishlist")
async def favourites_command(visit: Visit, _argument: str) -> Reply:
    """The first page of them."""
    return await open_favourites(visit, OpenFavourites())


@router.button(OpenFavourites)
async def open_favourites(visit: Visit, pressed: OpenFavourites) -> Reply:
    """A page of them; one that became empty meanwhile is answered with the first."""
    page = max(pressed.page, 0)
    async with visit.db.read() as session:
        ids, more = await favourites.list_page(session, visit.user, page=page, limit=PAGE)
        if not ids and page:
            page = 0
            ids, more = await favourites.list_page(session, visit.user, page=0, limit=PAGE)
        items = await catalog.pick(session, ids, now=visit.now()) if ids else ()
    return views.favourites(visit.words, items, page, more=more)


@router.notice("favourite_cheaper")
async def cheaper(visit: Visit, notification: Notification) -> Reply | None:
    """Its price fell, and has not risen again since."""
    card, old = await _card(visit, notification), int(notification.data["old"])
    if card is None or card.price >= old or card.currency != notification.data["currency"]:
        return None
    return views.cheaper(visit.words, card, old)


@router.notice("favourite_back")
async def back(visit: Visit, notification: Notification) -> Reply | None:
    """It can be had again."""
    card = await _card(visit, notification)
    return None if card is None or card.available <= 0 else views.back(visit.words, card)


async def _card(visit: Visit, notification: Notification) -> ProductCard | None:
    try:
        async with visit.db.read() as session:
            return await catalog.get_product(session, int(notification.data["product_id"]), now=visit.now())
    except (NotFound, NotForSale):
        return None
