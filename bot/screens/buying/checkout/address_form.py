"""The form of the address as it was left: whether it is still this one, and the addresses that its keys offer."""

from bot.routing.visit import Visit
from bot.screens.buying.addresses.buttons import BOOK, ListAddresses
from bot.screens.buying.checkout.target import in_reach, in_turn
from bot.screens.parts.order_card import show
from bot.sending.reply import Lead, Reply
from db.models import Address, Dialog
from shop.forms import dialogs
from shop.people import addresses

ADDRESS = "address"


async def known_to(visit: Visit, *, present: bool = False) -> list[Address]:
    """Their addresses to which we deliver, the usual one first; what one lacks (a number) is asked for.

    For a `present` those of others come first, otherwise their own.
    """
    async with visit.db.read() as session:
        known = in_reach(visit.policy, await addresses.list_addresses(session, visit.user.id))
    return in_turn(known, present=present)


async def gone(visit: Visit, order_id: int) -> Reply:
    """What stands behind a key of a form that was left."""
    return Lead(ListAddresses()) if order_id == BOOK else await show(visit, order_id, card=True)


async def form_of(visit: Visit, order_id: int) -> Dialog | None:
    """The form that asks for this order's address; None when it was left, and its keys are old."""
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    if dialog is None or dialog.kind != ADDRESS or dialog.data.get("order_id") != order_id:
        return None
    return dialog
