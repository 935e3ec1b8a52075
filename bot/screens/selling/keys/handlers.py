"""A seller's keys: the pool, its lists, one key, taking out and saving."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts.sure import SURE, agreed
from bot.screens.parts.sure import ask as ask_back
from bot.screens.selling.keys import views
from bot.screens.selling.keys.buttons import (
    ExportUnits,
    ListUnits,
    OpenPool,
    OpenUnit,
    ShowUnitFile,
    WithdrawUnits,
)
from bot.sending.reply import Document, Reply, Screen, Stored, Toast
from db.models import Permission
from shop import units
from shop.refusals import NotFound

router = Router()


@router.button(OpenPool, for_="owner", needs=Permission.STOCK)
async def open_pool(visit: Visit, pressed: OpenPool) -> Reply:
    """How many are where."""
    return await show(visit, pressed.product_id)


@router.button(ListUnits, for_="owner", needs=Permission.STOCK)
async def list_units(visit: Visit, pressed: ListUnits) -> Reply:
    """A page of them."""
    number = max(pressed.page, 0)
    async with visit.db.read() as session:
        pool, found = await units.list_units(
            session,
            visit.seller,
            pressed.product_id,
            pressed.state,
            skip=number * views.PAGE,
            limit=views.PAGE + 1,
        )
    more = len(found) > views.PAGE
    return views.units(visit.words, pool, pressed.state, found[: views.PAGE], number, more=more)


@router.button(OpenUnit, for_="owner", needs=(Permission.STOCK, Permission.ORDERS))
async def open_unit(visit: Visit, pressed: OpenUnit) -> Reply:
    """One key in full; that it was looked at is written down."""
    return await show_unit(visit, pressed.unit_id, order_id=pressed.order_id)


@router.button(ShowUnitFile, for_="owner", needs=(Permission.STOCK, Permission.ORDERS), stays=True)
async def show_file(visit: Visit, pressed: ShowUnitFile) -> Reply:
    """The file below."""
    async with visit.db.begin() as session:
        one = await units.open_unit(session, visit.seller, pressed.unit_id, now=visit.now())
    if one.unit.file_id is None:
        raise NotFound(unit_id=pressed.unit_id)
    if one.unit.file_bot_id != visit.bot_id:
        return Toast(visit.words.plain("Another bot has this file: it cannot be sent any more."), alert=True)
    return Stored(one.unit.file_id, is_photo=one.unit.file_kind == "photo")


@router.button(ExportUnits, for_="owner", needs=Permission.STOCK, stays=True)
async def export_units(visit: Visit, pressed: ExportUnits) -> Reply:
    """Everything as a file."""
    async with visit.db.begin() as session:
        product, content = await units.export(session, visit.seller, pressed.product_id, now=visit.now())
    return Document(f"keys-{product.id}.csv", content)


@router.button(WithdrawUnits, for_="owner", needs=Permission.STOCK, asks=SURE, within=SURE)
async def withdraw_units(visit: Visit, pressed: WithdrawUnits) -> Reply:
    """Take free keys out, after asking back."""
    product_id, unit_id = pressed.product_id, pressed.unit_id
    async with visit.db.read() as session:
        pool = await units.pool_of(session, visit.seller, product_id)
    seen = f"{pool.free}:{pool.held}"
    if not pressed.sure or await agreed(visit, pressed, seen) is None:
        async with visit.db.begin() as session:
            await ask_back(session, visit, replace(pressed, sure=True), seen)
        return views.sure(visit.words, pool, unit_id)
    async with visit.db.begin() as session:
        gone = await units.withdraw(session, visit.seller, product_id, unit_id=unit_id, now=visit.now())
    note = visit.words.n("🗑 {n} key taken out.", "🗑 {n} keys taken out.", gone)
    return await show(visit, product_id, note=note)


async def show(visit: Visit, product_id: int, *, note: str = "") -> Screen:
    """The pool as it stands."""
    async with visit.db.read() as session:
        pool = await units.pool_of(session, visit.seller, product_id)
    return views.pool(visit.words, pool, note=note)


async def show_unit(visit: Visit, unit_id: int, *, order_id: int | None, note: str = "") -> Screen:
    """One key as it stands."""
    async with visit.db.begin() as session:
        one = await units.open_unit(session, visit.seller, unit_id, now=visit.now())
    return views.unit(visit.words, one, order_id=order_id, note=note)
