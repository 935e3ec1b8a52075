"""Reading what one bought in keys or files, at any time, and alone."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.keys import views
from bot.screens.buying.keys.buttons import GetFile, ReadKeys, SaveKeys
from bot.screens.parts.bought_keys import PAGE
from bot.sending.reply import Document, Reply, Stored, Toast
from db.models import Notification
from shop import units
from shop.refusals import NotFound
from shop.units import Bought

MOST = 10_000  # keys in a file

router = Router()


@router.button(ReadKeys)
async def read_keys(visit: Visit, pressed: ReadKeys) -> Reply:
    """A page of them."""
    number = max(pressed.page, 0)
    async with visit.db.read() as session:
        bought = await units.bought_units(session, visit.user, pressed.order_id, skip=number * PAGE, limit=PAGE)
    if not bought.total:
        raise NotFound(order_id=pressed.order_id)
    return views.page(visit.words, pressed.order_id, bought, number)


@router.button(SaveKeys, stays=True)
async def save_keys(visit: Visit, pressed: SaveKeys) -> Reply:
    """All of them, a line each."""
    async with visit.db.read() as session:
        bought = await units.bought_units(session, visit.user, pressed.order_id, limit=MOST)
    keys = [unit.content for _, unit in bought.units if not unit.file_id]
    if not keys:
        raise NotFound(order_id=pressed.order_id)
    return Document(f"order-{pressed.order_id}-keys.txt", "\n".join(keys).encode() + b"\n")


@router.button(GetFile, stays=True)
async def get_file(visit: Visit, pressed: GetFile) -> Reply:
    """One file, below what is on show."""
    async with visit.db.read() as session:
        unit = await units.bought_file(session, visit.user, pressed.unit_id)
    if unit.file_id is None:
        raise NotFound(unit_id=unit.id)
    if unit.file_bot_id != visit.bot_id:
        return Toast(visit.words.plain("This file cannot be sent any more. Please write to the seller."), alert=True)
    return Stored(unit.file_id, is_photo=unit.file_kind == "photo")


@router.notice("key_replaced")
async def key_replaced(visit: Visit, notification: Notification) -> Reply | None:
    """Another one came; nothing to say when that is not theirs any more."""
    order_id, unit_id = int(notification.data["order_id"]), int(notification.data["unit_id"])
    async with visit.db.read() as session:
        try:
            unit = await units.bought_file(session, visit.user, unit_id)
        except NotFound:
            return None
        bought = await units.bought_units(session, visit.user, order_id, limit=MOST)
    name = next((name for name, one in bought.units if one.id == unit.id), "")
    return views.replaced(visit.words, order_id, Bought([(name, unit)], 1))
