"""The link of what is on show: copied, sent on, or read from another phone as a QR code."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct
from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.buying.sharing import views
from bot.screens.buying.sharing.buttons import Shared, ShareIt
from bot.screens.parts.links import category_link, order_link, product_link, qr_code
from bot.sending.reply import Reply
from shop import orders
from shop.refusals import NotFound

router = Router()


@router.button(ShareIt)
async def share(visit: Visit, pressed: ShareIt) -> Reply:
    """A picture to be read by a phone, the link under it; what this person may not see has none."""
    words, number = visit.words, pressed.number
    if pressed.what is Shared.PRODUCT:
        card = (await visit.shelves.product(number)).said_in(words.language)
        link = product_link(visit, card.id)
        found = f"#{card.id}" if visit.offers_inline else None
        return views.shared(words, card.name, link, await qr_code(link), OpenProduct(card.id), inline=found)
    if pressed.what is Shared.CATEGORY:
        shelf = await visit.shelves.category(number, after=None, before=None, limit=visit.policy.page_size)
        if not shelf.path:
            raise NotFound(category_id=number)
        link = category_link(visit, number)
        return views.shared(
            words, shelf.path[-1].said_in(words.language).name, link, await qr_code(link), OpenCategory(number)
        )
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, number)
    link, name = order_link(visit, order.id), words.plain("Order {number}", number=order.id)
    note = words("It opens for you alone, on any of your phones.")
    return views.shared(words, name, link, await qr_code(link), OpenOrder(order.id), note=note)
