"""A price of sending that comes after the order: the seller is asked, the customer agrees to the total or not."""

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.checkout import agreeing_views as views
from bot.screens.buying.checkout.buttons import AgreePrice
from bot.screens.parts.order_card import show
from bot.sending.reply import Reply
from db.models import Notification, OrderStatus
from shop import orders
from shop.checkout import quoting
from shop.orders.quotes import OFFERED
from shop.refusals import AmountMismatch, OrderExpired, WrongStatus

router = Router()


async def ask_the_seller(visit: Visit, order_id: int) -> Reply:
    """The order stands, and its seller is asked; the card says so."""
    toast = visit.words.plain("The seller names the price of sending. We write to you then.")
    try:
        async with visit.db.begin() as session:
            await quoting.ask_price(session, visit.user, order_id, policy=visit.policy, now=visit.now())
    except (OrderExpired, WrongStatus) as refusal:
        toast = say(visit.words, refusal)
    return await show(visit, order_id, card=True, toast=toast)


@router.button(AgreePrice)
async def agree_price(visit: Visit, pressed: AgreePrice) -> Reply:
    """Yes to the total that was shown; to another one it is asked again."""
    toast = visit.words.plain("Agreed. Now it can be paid.")
    try:
        async with visit.db.begin() as session:
            await quoting.agree_price(
                session, visit.user, pressed.order_id, pressed.total, policy=visit.policy, now=visit.now()
            )
    except (AmountMismatch, OrderExpired, WrongStatus) as refusal:
        toast = say(visit.words, refusal)
    return await show(visit, pressed.order_id, card=True, toast=toast)


@router.notice(quoting.OFFERED_NEWS)
async def price_offered(visit: Visit, notification: Notification) -> Reply | None:
    """The seller named a price; said once more later, unless it was answered or is another by now."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, int(notification.data["order_id"]))
    at = order.quoted_at.isoformat() if order.quoted_at is not None else ""
    if order.status is not OrderStatus.PENDING or order.quote != OFFERED or at != notification.data["at"]:
        return None
    return views.offered(visit.words, order, now=visit.now())
