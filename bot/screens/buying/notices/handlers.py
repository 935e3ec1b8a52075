"""Wording notifications about orders and goods: what was decided is read anew, it may be told minutes later."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.notices import views
from bot.screens.buying.orders.buttons import DownloadAgain
from bot.screens.parts import order_text
from bot.screens.parts.bought_keys import PAGE
from bot.screens.parts.order_card import draw, show
from bot.sending.reply import Gone, Reply
from db.models import Notification, Order, OrderStatus, Product
from shop import orders, units
from shop.orders import reading as order_reading
from shop.refusals import NotFound

router = Router()


@router.notice("order_card")
async def order_card(visit: Visit, notification: Notification) -> Reply | None:
    """The card is edited where it stands, or begun; an order that was never paid needs none."""
    order = await _order(visit, notification)
    if order.card_message_id is None and order.status is OrderStatus.CANCELLED:
        return None
    return draw(visit, order, card=True)


@router.notice("invoice_over")
async def invoice_over(_visit: Visit, notification: Notification) -> Reply:
    """An invoice that cannot be paid any more is taken away."""
    return Gone(int(notification.data["message_id"]))


@router.notice("cancel_wanted")
async def cancel_wanted(visit: Visit, notification: Notification) -> Reply:
    """A customer wants to call off what was not sent yet."""
    return views.cancel_wanted(visit.words, await _order(visit, notification))


@router.notice("cancel_declined")
async def cancel_declined(visit: Visit, notification: Notification) -> Reply:
    """The seller goes on with it."""
    return views.cancel_declined(visit.words, await _order(visit, notification), str(notification.data["text"]))


@router.notice("order_shipped")
async def order_shipped(visit: Visit, notification: Notification) -> Reply:
    """It is on its way."""
    return views.shipped(visit.words, await _order(visit, notification), visit.now())


@router.notice("order_cancelled")
async def order_cancelled(visit: Visit, notification: Notification) -> Reply:
    """The seller cancelled it."""
    return views.cancelled(visit.words, await _order(visit, notification))


@router.notice("order_expired")
async def order_expired(visit: Visit, notification: Notification) -> Reply | None:
    """Nobody paid in time; silence when the money came after all."""
    order = await _order(visit, notification)
    if order.status is not OrderStatus.CANCELLED and notification.sent_at is None:
        return None
    return views.expired(visit.words, order)


@router.notice("digital_delivery")
async def digital_delivery(visit: Visit, notification: Notification) -> Reply:
    """Digital goods."""
    async with visit.db.read() as session:
        order_id = int(notification.data["order_id"])
        contents = await order_reading.digital_contents(session, order_id)
        bought = await units.bought_units(session, visit.user, order_id, limit=PAGE)
    return views.delivered(visit.words, await _order(visit, notification), contents, bought)


@router.notice("order_withdrawn")
async def order_withdrawn(visit: Visit, notification: Notification) -> Reply:
    """The customer cancelled what the seller had been told of."""
    return views.withdrawn(visit.words, await _order(visit, notification))


@router.button(DownloadAgain)
async def download_again(visit: Visit, pressed: DownloadAgain) -> Reply:
    """What was bought, below the card."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
        if not order_text.is_downloadable(order):
            return await show(visit, order.id, card=True)
        contents = await order_reading.digital_contents(session, order.id)
        bought = await units.bought_units(session, visit.user, order.id, limit=PAGE)
    return replace(views.delivered(visit.words, order, contents, bought), fresh=True)


@router.notice("low_stock")
async def low_stock(visit: Visit, notification: Notification) -> Reply:
    """A product runs out."""
    return views.low_stock(visit.words, await _product(visit, notification), int(notification.data["left"]))


@router.notice("back_in_stock")
async def back_in_stock(visit: Visit, notification: Notification) -> Reply:
    """What somebody waited for."""
    return views.back_in_stock(visit.words, await _product(visit, notification))


async def _order(visit: Visit, notification: Notification) -> Order:
    order_id = int(notification.data["order_id"])
    async with visit.db.read() as session:
        order = await order_reading.get(session, order_id)
    if order is None:
        raise NotFound(order_id=order_id)
    return order


async def _product(visit: Visit, notification: Notification) -> Product:
    async with visit.db.read() as session:
        return await session.get_one(Product, int(notification.data["product_id"]))
