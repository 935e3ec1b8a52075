"""A new product in one message: a picture with the caption `Name; price; quantity; category`."""

from markupsafe import escape
from msgspec.structs import replace

from bot.routing.router import MORE, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import ways
from bot.screens.parts.hints import hint
from bot.screens.selling.photos.buttons import FORM
from bot.screens.selling.products.buttons import AddProduct
from bot.screens.selling.products.handlers import show
from bot.sending.reply import Key, Reply, Screen
from db.models import Permission
from shop import products
from shop.forms import dialogs
from shop.products.draft import ProductDraft, parse_caption
from shop.refusals import CannotRead

router = Router()


@router.caption(for_="owner", needs=Permission.CATALOGUE, asks=FORM)
async def add_by_caption(visit: Visit, said: Said) -> Reply:
    """Put the product in the picture on sale."""
    try:
        draft = parse_caption(said.text, visit.policy.currency)
    except CannotRead as refused:
        words = visit.words
        text = "\n\n".join(
            [
                "⚠️ " + escape(hint(words, refused.data)),
                words("For example: <code>Green tea; 4.50; 12; Tea / Green</code>"),
                words("Nothing was put on sale."),
            ]
        )
        return Screen(text, ((Key(words.plain("+ Add it step by step"), AddProduct()),), (ways.home(words),)))
    draft = replace(draft, photo_file_id=said.photo_file_id, photo_bot_id=visit.bot_id)
    return await offer(visit, draft, album=said.album)


async def offer(visit: Visit, draft: ProductDraft, *, album: str | None = None) -> Reply:
    """Put a product on sale; the same picture under the same name again is the same product.

    The other photos of its album are the product's too.
    """
    async with visit.db.begin() as session:
        found = await products.find_same(session, visit.seller, draft)
        product = found or await products.create(
            session, visit.seller, draft, low_stock_at=visit.policy.low_stock_at, now=visit.now()
        )
        if album is not None:
            data = {"product_id": product.id, "album": album}
            await dialogs.start(session, visit.user, FORM, MORE, data, now=visit.now())
    words = visit.words
    note = words("✅ On sale.") if found is None else words("You sell this already.")
    return await show(visit, product.id, note=note)
