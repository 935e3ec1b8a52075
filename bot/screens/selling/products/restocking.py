"""Restocking: by command, by quick keys, or by answering how many came."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.products import views
from bot.screens.selling.products.buttons import AddStock, AskRestock
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Dialog, Permission
from shop import products
from shop.forms import dialogs
from shop.products.owned import OwnedProduct
from shop.products.restock import last_count, receive_once
from shop.products.restock import restock as change_stock
from shop.refusals import CannotRead, StockIsUnits, StockWouldGoNegative

KIND = "restock"

router = Router()


@router.command("restock", for_="owner", needs=Permission.STOCK, about=mark("Change the stock of a product"), asks=KIND)
async def restock(visit: Visit, argument: str) -> Reply:
    """`/restock SKU +10` or `/restock SKU =25`; without a change it asks."""
    words = visit.words
    if not argument:
        usage = words("<code>/restock SKU +10</code> adds ten, <code>/restock SKU =25</code> says there are 25.")
        return await choose(visit, lead=usage)
    item = await find(visit, argument)
    if item is not None:
        return await _ask(visit, item.product.id)
    sku, _, change = argument.rpartition(" ")
    item = await find(visit, sku) if sku else None
    if item is None:
        return await unknown(visit, sku or argument)
    if item.is_parent:
        return await show(visit, item.product.id, note=words("It is sold in variants. Choose one of them."))
    return await _try(visit, item.product.id, change)


@router.button(AskRestock, for_="owner", needs=Permission.STOCK, asks=KIND)
async def ask_restock(visit: Visit, pressed: AskRestock) -> Reply:
    """Ask how many came."""
    return await _ask(visit, pressed.product_id)


@router.button(AddStock, for_="owner", needs=Permission.STOCK)
async def add_stock(visit: Visit, pressed: AddStock) -> Reply:
    """So many more, once."""
    async with visit.db.begin() as session:
        added = await receive_once(
            session,
            visit.seller,
            pressed.product_id,
            pressed.amount,
            seen=pressed.seen,
            now=visit.now(),
        )
    words = visit.words
    note = (
        words("✅ {n} more.", n=words.number(pressed.amount))
        if added
        else words("The stock was changed already. This is how it stands.")
    )
    return await show(visit, pressed.product_id, note=note)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["product_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.STOCK, leaves=CLOSES, again=once_more)
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """+10, =25, or just how many came."""
    product_id = int(dialog.data["product_id"])
    text = said.text.strip()
    if text[:1].isdigit():
        text = f"+{text}"
    return await _try(visit, product_id, text)


async def _try(visit: Visit, product_id: int, change: str) -> Reply:
    """Change the stock, or ask again saying why not."""
    try:
        return await _change(visit, product_id, change)
    except (CannotRead, StockIsUnits, StockWouldGoNegative) as refused:
        return await _ask(visit, product_id, problem="⚠️ " + escape(say(visit.words, refused)))


async def _change(visit: Visit, product_id: int, change: str) -> Reply:
    async with visit.db.begin() as session:
        item = await change_stock(session, visit.seller, product_id, change, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, product_id, note=_now(visit, item))


async def _ask(visit: Visit, product_id: int, *, problem: str = "") -> Reply:
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        if not item.is_parent and item.product.pooled_at is None:
            await dialogs.start(session, visit.user, KIND, "change", {"product_id": product_id}, now=visit.now())
        seen = await last_count(session, product_id)
    if item.is_parent:
        return await show(visit, product_id)
    if item.product.pooled_at is not None:
        return await show(visit, product_id, note="⚠️ " + escape(say(visit.words, StockIsUnits())))
    return views.restock(visit.words, item, seen=seen, problem=problem)


def _now(visit: Visit, item: OwnedProduct) -> str:
    return visit.words("✅ {stock}.", stock=views.in_stock(visit.words, item))
