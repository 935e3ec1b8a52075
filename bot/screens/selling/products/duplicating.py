"""A copy of a product, to begin the next one with."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import asking
from bot.screens.selling.products import duplicating_views as views
from bot.screens.selling.products.buttons import DuplicateProduct
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Permission
from shop import products
from shop.products.duplicate import duplicate

router = Router()


@router.command("duplicate", for_="owner", needs=Permission.CATALOGUE, about=mark("Copy a product"))
async def duplicate_command(visit: Visit, argument: str) -> Reply:
    """`/duplicate SKU`; of a variant, its product."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/duplicate SKU</code> copies a product."))
    item = await find(visit, argument)
    if item is None:
        return await unknown(visit, argument)
    if item.product.parent_id is not None:
        async with visit.db.read() as session:
            item = await products.get_owned(session, visit.seller, item.product.parent_id)
    return views.sure_to_copy(visit.words, item)


@router.button(DuplicateProduct, for_="owner", needs=Permission.CATALOGUE)
async def make_copy(visit: Visit, pressed: DuplicateProduct) -> Reply:
    """The copy; a second tap finds the first one changed, and makes none."""
    seen = views.as_moment(pressed.seen)
    async with visit.db.begin() as session:
        copy = await duplicate(session, visit.seller, pressed.product_id, seen=seen, now=visit.now())
    if copy is None:
        screen = await show(visit, pressed.product_id)
        return replace(screen, toast=asking.look_again(visit.words))
    note = visit.words("⧉ This is the copy: a draft without stock.")
    return await show(visit, copy.id, note=note)
