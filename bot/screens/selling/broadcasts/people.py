"""Whom a broadcast is for: what they have in common, and the product that they bought."""

from msgspec.structs import replace

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.broadcasts import people_views as views
from bot.screens.selling.broadcasts.buttons import ChoosePart, OpenPeople, PickBought
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import broadcasts, products
from shop.forms import dialogs
from shop.refusals import NotFound

KIND = "broadcast_product"
TYPED = 100  # letters of a name that are looked for
PAGE = 6

router = Router()


@router.button(OpenPeople, for_="owner", needs=Permission.PROMOTION)
async def open_people(visit: Visit, pressed: OpenPeople) -> Reply:
    """What they have in common."""
    async with visit.db.read() as session:
        standing = await broadcasts.look(session, visit.seller, pressed.broadcast_id, now=visit.now())
    bought = await _called(visit, views.product_of(standing.broadcast.segment))
    return views.people(visit.words, standing, bought)


@router.button(ChoosePart, for_="owner", needs=Permission.PROMOTION)
async def choose_part(visit: Visit, pressed: ChoosePart) -> Reply:
    """They shall have this in common, or need not."""
    async with visit.db.begin() as session:
        standing = await broadcasts.set_part(
            session, visit.seller, pressed.broadcast_id, pressed.part, chosen=pressed.chosen, now=visit.now()
        )
    bought = await _called(visit, views.product_of(standing.broadcast.segment))
    return views.people(visit.words, standing, bought)


@router.button(PickBought, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def pick_bought(visit: Visit, pressed: PickBought) -> Reply:
    """A page of the products; a part of a name may be written."""
    return await _products(visit, pressed)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _products(visit, PickBought(int(dialog.data["broadcast_id"])))


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more)
async def part_of_a_name(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Those that are called so."""
    return await _products(visit, PickBought(int(dialog.data["broadcast_id"])), called=said.text.strip()[:TYPED])


async def _products(visit: Visit, asked: PickBought, *, called: str = "") -> Screen:
    data = {"broadcast_id": asked.broadcast_id}
    async with visit.db.begin() as session:
        await broadcasts.look(session, visit.seller, asked.broadcast_id, now=visit.now())
        page = await products.list_owned(
            session, visit.seller, after_id=asked.after, before_id=asked.before, limit=PAGE, called=called
        )
        await dialogs.start(session, visit.user, KIND, "product", data, now=visit.now())
    return views.products(visit.words, page if not called else replace(page, has_newer=False), asked, called=called)


async def _called(visit: Visit, product_id: int | None) -> str:
    if product_id is None:
        return ""
    try:
        async with visit.db.read() as session:
            return (await products.get_owned(session, visit.seller, product_id)).product.name
    except NotFound:
        return ""
