"""The keys of a sale: looked at, revoked with a reason, replaced by another one, put back for sale."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.keys import views
from bot.screens.selling.keys.buttons import OpenOrderKeys, PutBackUnit, RevokeUnit
from bot.screens.selling.keys.handlers import show_unit
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import orders, units
from shop.forms import dialogs

KIND = "revoke_key"

router = Router()


@router.button(OpenOrderKeys, for_="owner", needs=(Permission.STOCK, Permission.ORDERS))
async def open_order_keys(visit: Visit, pressed: OpenOrderKeys) -> Reply:
    """A page of them."""
    number = max(pressed.page, 0)
    async with visit.db.read() as session:
        await orders.get_for_owner(session, visit.seller, pressed.order_id)
        found = await units.sold_in(
            session,
            visit.seller,
            pressed.order_id,
            skip=number * views.PAGE,
            limit=views.PAGE + 1,
        )
    more = len(found) > views.PAGE
    return views.order_keys(visit.words, pressed.order_id, list(found[: views.PAGE]), number, more=more)


@router.button(RevokeUnit, for_="owner", needs=(Permission.STOCK, Permission.ORDERS), asks=KIND)
async def revoke_unit(visit: Visit, pressed: RevokeUnit) -> Reply:
    """Ask why."""
    return await _ask(visit, pressed.unit_id, replace=pressed.replace)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["unit_id"]), replace=bool(dialog.data["replace"]))


@router.dialog(KIND, for_="owner", needs=(Permission.STOCK, Permission.ORDERS), leaves=CLOSES, again=once_more)
async def reason_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Revoke it, and send another one if that was tapped."""
    unit_id, replace = int(dialog.data["unit_id"]), bool(dialog.data["replace"])
    async with visit.db.begin() as session:
        sold = await units.revoke(
            session,
            visit.seller,
            unit_id,
            reason=said.text,
            replace=replace,
            now=visit.now(),
        )
        await dialogs.finish(session, visit.user, KIND)
    words = visit.words
    note = words("♻️ Revoked. The customer gets another one.") if replace else words("🚫 Revoked.")
    return await show_unit(visit, unit_id, order_id=sold.order_id, note=note)


@router.button(PutBackUnit, for_="owner", needs=(Permission.STOCK, Permission.ORDERS))
async def put_back_unit(visit: Visit, pressed: PutBackUnit) -> Reply:
    """Free for others again."""
    async with visit.db.begin() as session:
        await units.put_back_unit(session, visit.seller, pressed.unit_id, now=visit.now())
    note = visit.words("↩️ It is for sale again.")
    return await show_unit(visit, pressed.unit_id, order_id=None, note=note)


async def _ask(visit: Visit, unit_id: int, *, replace: bool) -> Screen:
    async with visit.db.begin() as session:
        one = await units.open_unit(session, visit.seller, unit_id, now=visit.now())
        about = {"unit_id": unit_id, "replace": replace}
        await dialogs.start(session, visit.user, KIND, "reason", about, now=visit.now())
    return views.ask_reason(visit.words, one, replace=replace)
