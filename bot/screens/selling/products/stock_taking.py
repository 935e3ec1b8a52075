"""A product's stock over time, what runs low, and at how many left its seller is told."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.products import stock_views as views
from bot.screens.selling.products.buttons import OpenHistory
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Permission
from shop.products.draft import read_quantity
from shop.products.low import set_low_stock
from shop.products.stock_history import history
from shop.refusals import CannotRead

OFF = frozenset({"off", "aus", "нет", "выкл"})
PAGE = 10

router = Router()


@router.button(OpenHistory, for_="owner", needs=Permission.STOCK)
async def open_history(visit: Visit, pressed: OpenHistory) -> Reply:
    """A page of the movements of its stock."""
    async with visit.db.read() as session:
        page = await history(
            session,
            visit.seller,
            pressed.product_id,
            older=pressed.older,
            newer=pressed.newer,
            stock=pressed.stock,
            limit=PAGE,
        )
    return views.history(visit.words, page)


@router.command("lowstock", for_="owner", needs=Permission.STOCK, about=mark("Be told when few are left"))
async def low_stock(visit: Visit, argument: str) -> Reply:
    """`/lowstock SKU 5`, `/lowstock SKU off`."""
    words = visit.words
    sku, _, number = argument.strip().rpartition(" ")
    if not sku:
        usage = words(
            "<code>/lowstock SKU 5</code> tells you when five are left, <code>/lowstock SKU off</code> never."
        )
        return await choose(visit, lead=usage)
    item = await find(visit, sku.strip())
    if item is None:
        return await unknown(visit, sku)
    try:
        level = 0 if number.casefold() in OFF else read_quantity(number)
    except CannotRead as refused:
        return await show(visit, item.product.id, note="⚠️ " + escape(say(words, refused)))
    async with visit.db.begin() as session:
        await set_low_stock(session, visit.seller, item.product.id, level, now=visit.now())
    if not level:
        return await show(visit, item.product.id, note=words("✅ You are told when it is sold out, and not before."))
    said = words.n("✅ You are told when {n} is left.", "✅ You are told when {n} are left.", level)
    return await show(visit, item.product.id, note=said)
