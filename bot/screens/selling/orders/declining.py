"""A customer wants to call an order off, and the seller goes on with it."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.orders import views
from bot.screens.selling.orders.buttons import DeclineCancel
from bot.screens.selling.orders.handlers import show
from bot.sending.reply import Reply
from db.models import Dialog, Permission
from shop import orders
from shop.forms import dialogs
from shop.orders import requests

WORD = "decline_cancel"

router = Router()


@router.button(DeclineCancel, for_="owner", needs=Permission.ORDERS, asks=WORD)
async def decline_cancel(visit: Visit, pressed: DeclineCancel) -> Reply:
    """Ask for a word to the customer, or go without."""
    if pressed.silent:
        return await _decline(visit, pressed.order_id, "")
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
        await dialogs.start(session, visit.user, WORD, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_word(visit.words, order)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, int(dialog.data["order_id"]))
    return views.ask_word(visit.words, order)


@router.dialog(WORD, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def word_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Why it goes on."""
    return await _decline(visit, int(dialog.data["order_id"]), said.text)


async def _decline(visit: Visit, order_id: int, word: str) -> Reply:
    async with visit.db.begin() as session:
        await requests.decline(session, visit.seller, order_id, word, now=visit.now())
        await dialogs.finish(session, visit.user, WORD)
    return await show(visit, order_id)
