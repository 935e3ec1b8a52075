"""Paying an order that was placed: opening the payment, checking it, choosing another way, giving up."""

from sqlalchemy import bindparam, select

from bot.buttons.checkout import CheckPayment, PayOrder
from bot.handlers.checkout_address import ADDRESS, ask_address
from bot.refusals import say
from bot.reply import Reply
from bot.router import Router
from bot.views import checkout_paying as views
from bot.visit import Visit
from db.models import Order, OrderItem, OrderStatus, Product
from shop import orders
from shop.payments.attempts import open_payment
from shop.payments.checking import check_order, order_of
from shop.payments.methods import offered
from shop.payments.requests import Asking, facts
from shop.ports import InvoiceSheet, PaymentPage, ProviderError
from shop.refusals import AddressNeeded, ProviderUnavailable

router = Router()


_FIRST_PICTURE = (
    select(Product.image_url)
    .join(OrderItem, OrderItem.product_id == Product.id)
    .where(OrderItem.order_id == bindparam("order"))
    .order_by(OrderItem.id)
    .limit(1)
)


async def pay(visit: Visit, order_id: int, method: str, *, fresh: bool = False) -> Reply:
    """Open the payment, or ask for the address first where the provider cannot."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
        photo_url = await session.scalar(_FIRST_PICTURE, {"order": order.id})
    try:
        _, opening = await open_payment(
            visit.db,
            visit.providers,
            method,
            order_id,
            _asking(visit, order, photo_url),
            policy=visit.policy,
            clock=visit.clock,
        )
    except AddressNeeded:
        return await ask_address(visit, order, method)
    except ProviderUnavailable as refusal:
        ways_to_pay = offered(visit.providers, facts(order))
        return views.choose_method(visit.words, order, ways_to_pay, problem=say(visit.words, refusal))
    words = visit.words
    if isinstance(opening, InvoiceSheet):
        return views.invoice(words, order, opening, fresh=fresh)
    if isinstance(opening, PaymentPage):
        return views.page(words, order, opening)
    return views.instructions(words, order, opening, method)


@router.button(PayOrder, asks=ADDRESS)
async def pay_order(visit: Visit, pressed: PayOrder) -> Reply:
    """Pay this way, or choose a way."""
    if pressed.method is not None:
        return await pay(visit, pressed.order_id, pressed.method)
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    if order.status is not OrderStatus.PENDING:
        return views.standing(visit.words, order, now=visit.now())
    return views.choose_method(visit.words, order, offered(visit.providers, facts(order)))


@router.button(CheckPayment)
async def check_payment(visit: Visit, pressed: CheckPayment) -> Reply:
    """Ask the provider now."""
    async with visit.db.read() as session:
        await orders.get_for_customer(session, visit.user, pressed.order_id)
    return await _check(visit, pressed.order_id)


@router.deep_link("paid_")
async def came_back(visit: Visit, argument: str) -> Reply:
    """Back from a payment page. That proves nothing: the provider is asked."""
    return await _check(visit, await order_of(visit.db, argument, visit.user.id))


async def _check(visit: Visit, order_id: int) -> Reply:
    checked = True
    try:
        await check_order(visit.db, visit.providers, order_id, clock=visit.clock, policy=visit.policy)
    except ProviderError:
        checked = False
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
    return views.standing(visit.words, order, now=visit.now(), checked=checked)


def _asking(visit: Visit, order: Order, photo_url: str | None) -> Asking:
    words = visit.words
    names = ", ".join(item.name for item in order.items)
    return Asking(
        user_id=visit.user.id,
        telegram_id=visit.telegram_id,
        title=words.plain("Order {number}", number=order.id),
        description=names,
        shipping_label=words.plain("Shipping"),
        discount_label=words.plain("Discount"),
        tax_label=words.plain("Tax"),
        language=words.language,
        link=visit.link,
        photo_url=photo_url if photo_url and photo_url.startswith(("https://", "http://")) else None,
    )
