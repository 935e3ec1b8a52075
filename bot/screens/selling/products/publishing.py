"""Drafts: a product is published, so that customers see and buy it, or made a draft again."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.products.buttons import SetPublished
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Permission
from shop import products

router = Router()


@router.command("publish", for_="owner", needs=Permission.CATALOGUE, about=mark("Publish a draft"))
async def publish(visit: Visit, argument: str) -> Reply:
    """`/publish SKU`."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/publish SKU</code> shows a draft to customers."))
    return await _by_sku(visit, argument, published=True)


@router.command("unpublish", for_="owner", needs=Permission.CATALOGUE, about=mark("Make a product a draft"))
async def unpublish(visit: Visit, argument: str) -> Reply:
    """`/unpublish SKU`."""
    if not argument:
        lead = visit.words("<code>/unpublish SKU</code> makes a product a draft that no customer sees.")
        return await choose(visit, lead=lead)
    return await _by_sku(visit, argument, published=False)


@router.button(SetPublished, for_="owner", needs=Permission.CATALOGUE)
async def set_published(visit: Visit, pressed: SetPublished) -> Reply:
    """On sale, or a draft."""
    change = products.publish if pressed.published else products.unpublish
    async with visit.db.begin() as session:
        await change(session, visit.seller, pressed.product_id, now=visit.now())
    words = visit.words
    published, draft = words("✅ Published: it is on sale."), words("📝 A draft now. Open orders go on.")
    return await show(visit, pressed.product_id, note=published if pressed.published else draft)


async def _by_sku(visit: Visit, sku: str, *, published: bool) -> Reply:
    item = await find(visit, sku)
    if item is None:
        return await unknown(visit, sku)
    return await set_published(visit, SetPublished(item.product.id, published=published))
