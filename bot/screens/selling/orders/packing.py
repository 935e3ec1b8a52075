"""Packing lists, to be printed: of one order, and of all that are to be sent."""

from bot.documents.press import printed
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts.order_numbers import number_and_rest
from bot.screens.selling.orders import packing_views as views
from bot.screens.selling.orders.buttons import PackAll, PackSale
from bot.sending.reply import Document, Reply
from bot.words import mark
from db.models import Permission
from shop.orders import packing

router = Router()


@router.command("packing", for_="owner", needs=Permission.ORDERS, about=mark("Packing lists to print, as PDF"))
async def packing_command(visit: Visit, argument: str) -> Reply:
    """/packing, /packing 1042."""
    order_id, _ = number_and_rest(argument)
    return await pack_all(visit, PackAll()) if order_id is None else await pack_sale(visit, PackSale(order_id))


@router.button(PackSale, for_="owner", needs=Permission.ORDERS)
async def pack_sale(visit: Visit, pressed: PackSale) -> Reply:
    """The list of one order."""
    async with visit.db.read() as session:
        parcel = await packing.parcel_of(session, visit.seller, pressed.order_id)
    content = await printed(views.paper(visit.words, [parcel]))
    return Document(f"packing-{pressed.order_id}.pdf", content, *views.one(visit.words, pressed.order_id))


@router.button(PackAll, for_="owner", needs=Permission.ORDERS)
async def pack_all(visit: Visit, pressed: PackAll) -> Reply:
    """The lists of all that are to be sent, so many a file."""
    async with visit.db.read() as session:
        found = await packing.to_pack(session, visit.seller, after=pressed.after)
    if not found.parcels:
        return views.nothing(visit.words)
    content = await printed(views.paper(visit.words, found.parcels))
    first, last = found.parcels[0].order.id, found.parcels[-1].order.id
    return Document(f"packing-{first}-{last}.pdf", content, *views.several(visit.words, found))
