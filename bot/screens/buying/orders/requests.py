"""What a customer asks of the seller when an order was paid: to call it off."""

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.orders import views
from bot.screens.buying.orders.buttons import AskToCancel
from bot.screens.parts.order_card import show
from bot.sending.reply import Reply
from db.models import OrderStatus
from shop import orders
from shop.orders import requests
from shop.refusals import WrongStatus

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
