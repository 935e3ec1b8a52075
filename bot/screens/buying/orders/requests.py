"""What can be asked of an order that is over or on its way: to cancel it, to have its goods again."""

from msgspec.structs import replace

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.cart import views as cart_views
from bot.screens.buying.notices import views as notifications
from bot.screens.buying.orders import views
from bot.screens.buying.orders.buttons import AskToCancel, DownloadAgain, RefillCart
from bot.screens.buying.orders.card import show
from bot.screens.parts import order_text
from bot.screens.parts.bought_keys import PAGE
from bot.screens.selling.orders import handlers as selling
from bot.screens.selling.orders import views as selling_views
from bot.screens.selling.orders.buttons import DeclineCancel
from bot.sending.reply import Reply
from db.models import Dialog, OrderStatus, Permission
from shop import carts, orders, units
from shop.carts.refill import refill
from shop.forms import dialogs
from shop.orders import reading as order_reading
from shop.orders import requests
from shop.refusals import WrongStatus

WORD = "decline_cancel"

router = Router()


@router.button(AskToCancel)
async def ask_to_cancel(visit: Visit, pressed: AskToCancel) -> Reply:
    """Ask back, then ask the seller, once."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    if order.status is not OrderStatus.PROCESSING or order.cancel_request is not None:
        return await show(visit, order.id, card=pressed.card)
    if not pressed.sure:
        return views.sure_to_ask(visit.words, order, card=pressed.card)
    toast = None
    try:
        async with visit.db.begin() as session:
            await requests.ask_to_cancel(session, visit.user, order.id, now=visit.now())
    except WrongStatus as refusal:
        toast = say(visit.words, refusal)
    return await show(visit, order.id, card=pressed.card, toast=toast)


@router.button(DeclineCancel, for_="owner", needs=Permission.ORDERS, asks=WORD)
async def decline_cancel(visit: Visit, pressed: DeclineCancel) -> Reply:
    """Ask for a word to the customer, or go without."""
    if pressed.silent:
        return await _decline(visit, pressed.order_id, "")
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
        await dialogs.start(session, visit.user, WORD, "text", {"order_id": order.id}, now=visit.now())
    return selling_views.ask_word(visit.words, order)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, int(dialog.data["order_id"]))
    return selling_views.ask_word(visit.words, order)


@router.dialog(WORD, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def word_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Why it goes on."""
    return await _decline(visit, int(dialog.data["order_id"]), said.text)


async def _decline(visit: Visit, order_id: int, word: str) -> Reply:
    async with visit.db.begin() as session:
        await requests.decline(session, visit.seller, order_id, word, now=visit.now())
        await dialogs.finish(session, visit.user, WORD)
    return await selling.show(visit, order_id)


@router.button(RefillCart)
async def refill_cart(visit: Visit, pressed: RefillCart) -> Reply:
    """Back into the cart; what is gone is said, and so is what costs another price now."""
    try:
        async with visit.db.begin() as session:
            filled = await refill(
                session, visit.user, pressed.order_id, limit=visit.policy.max_quantity, now=visit.now()
            )
            await carts.acknowledge_prices(session, visit.user, now=visit.now())
    except WrongStatus as refusal:
        return await show(visit, pressed.order_id, card=True, toast=say(visit.words, refusal))
    screen = cart_views.cart(visit.words, filled.cart, news=cart_views.not_in_full(visit.words, filled.short))
    return replace(screen, fresh=True)


@router.button(DownloadAgain)
async def download_again(visit: Visit, pressed: DownloadAgain) -> Reply:
    """What was bought, below the card."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
        if not order_text.is_downloadable(order):
            return await show(visit, order.id, card=True)
        contents = await order_reading.digital_contents(session, order.id)
        bought = await units.bought_units(session, visit.user, order.id, limit=PAGE)
    return replace(notifications.delivered(visit.words, order, contents, bought), fresh=True)
