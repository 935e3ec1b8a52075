"""The link of a product or a category, to be copied, shared, printed as a QR code."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import ways
from bot.screens.parts.links import category_link, product_link, qr_code, share_url
from bot.screens.selling.products.buttons import OpenLink, OpenOwned, OpenProducts
from bot.screens.selling.products.handlers import choose, find, unknown
from bot.screens.selling.products.views import full_name
from bot.sending.button import Button
from bot.sending.reply import Document, Key, Reply
from bot.words import mark
from db.models import Permission
from shop import products
from shop.catalog.categories import category_paths
from shop.products.owned import OwnedProduct

router = Router()


@router.command(
    "link", for_="owner", needs=Permission.CATALOGUE, about=mark("Link and QR code of a product or category")
)
async def link(visit: Visit, argument: str) -> Reply:
    """`/link SKU`, or `/link Tea / Green` for a category."""
    if not argument:
        usage = mark("<code>/link SKU</code> or <code>/link Tea / Green</code> gives a link and its QR code.")
        return await choose(visit, lead=visit.words(usage))
    item = await find(visit, argument)
    if item is not None:
        return await _of_product(visit, item)
    async with visit.db.read() as session:
        paths = await category_paths(session)
    wanted = argument.casefold().strip()
    found = [number for number, path in paths.items() if path.casefold() == wanted]
    found = found or [number for number, path in paths.items() if path.casefold().rpartition(" / ")[2] == wanted]
    if not found:
        return await unknown(visit, argument)
    return await _picture(visit, paths[found[0]], category_link(visit, found[0]), OpenProducts())


@router.button(OpenLink, for_="owner", needs=Permission.CATALOGUE)
async def open_link(visit: Visit, pressed: OpenLink) -> Reply:
    """The link of a product, and its QR code."""
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, pressed.product_id)
    return await _of_product(visit, item)


async def _of_product(visit: Visit, item: OwnedProduct) -> Reply:
    return await _picture(visit, full_name(item), product_link(visit, item.product.id), OpenOwned(item.product.id))


async def _picture(visit: Visit, name: str, address: str, back: Button) -> Document:
    words = visit.words
    caption = words("<b>{name}</b>\n<code>{link}</code>", name=name, link=address)
    rows = (
        (
            Key(words.plain("📋 Copy the link"), copy=address),
            Key(words.plain("↗️ Share"), url=share_url(address, name)),
        ),
        (ways.back(words, back), ways.home(words)),
    )
    return Document("qr.png", await qr_code(address), caption, rows, is_photo=True)
