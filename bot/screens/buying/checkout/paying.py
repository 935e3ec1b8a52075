"""Paying an order that was placed: opening the payment, checking it, choosing another way, giving up."""

from sqlalchemy import bindparam, select

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.checkout import paying_views as views
from bot.screens.buying.checkout.address import ask_address
from bot.screens.buying.checkout.address_form import ADDRESS
from bot.screens.buying.checkout.agreeing import ask_the_seller
from bot.screens.buying.checkout.buttons import ChangeAddress, CheckPayment, ConfirmOrder, LeaveCredit, PayOrder
from bot.screens.buying.checkout.confirming import ask_for_a_yes
from bot.screens.parts.order_card import draw, show, ways_to_pay
from bot.screens.parts.thanks import thanks
from bot.sending.reply import Reply
from bot.words import Words
from db.models import Order, OrderItem, OrderStatus, Product, ProductKind
from shop import orders
from shop.orders.quotes import OFFERED, OPEN, WANTED, PriceAwaited
from shop.payments import crediting
from shop.payments.attempts import open_payment
from shop.payments.checking import check_order, is_open, open_page, order_of
from shop.payments.methods import CREDIT
from shop.payments.requests import Asking
from shop.ports import InvoiceSheet, PaymentPage, ProviderError
from shop.refusals import (
    AddressNeeded,
    AlreadyPaid,
    AmountMismatch,
    BeingPaid,
    OrderExpired,
    PaymentMethodNotOffered,
    ProviderUnavailable,
    WrongStatus,
)

TITLE = 32  # characters of what an invoice is called, Bot API

router = Router()


_FIRST_PICTURE = (
    select(Product.image_url)
    .join(OrderItem, OrderItem.product_id == Product.id)
    .where(OrderItem.order_id == bindparam("order"))
    .order_by(OrderItem.id)
    .limit(1)
)


async def pay(visit: Visit, order_id: int, method: str, *, total: int | None = None, fresh: bool = False) -> Reply:
    """Open the payment, or ask first for what is missing: the address, and a yes to everything.

    `total` is what the person said yes to. What cannot be done is said over the order as it stands now.
    """
    async with visit.db.read() as session:
        order = await orders.get_to_pay(session, visit.user, order_id)
        photo_url = await session.scalar(_FIRST_PICTURE, {"order": order.id})
        placed = await is_open(session, order_id, method)
    ways = ways_to_pay(visit, order)
    if CREDIT in ways:
        method = CREDIT
    if order.quote in OPEN and method in ways and (waiting := await _agreed_later(visit, order, total)) is not None:
        return waiting
    if method == CREDIT:
        return await _pay_by_credit(visit, order, total)
    if method in ways and _needs_a_yes(visit, order, method, placed=placed, total=total):
        return ask_for_a_yes(visit, order, method, said_yes=total is not None)
    return await _open(visit, order, method, ways, photo_url, fresh=fresh)


async def _open(
    visit: Visit, order: Order, method: str, ways: tuple[str, ...], photo_url: str | None, *, fresh: bool
) -> Reply:
    order_id, several = order.id, len(ways) > 1
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
    except (ProviderUnavailable, PaymentMethodNotOffered) as refusal:
        return views.choose_method(visit.words, order, ways, problem=say(visit.words, refusal))
    except (AlreadyPaid, BeingPaid, OrderExpired, PriceAwaited, WrongStatus) as refusal:
        return await show(visit, order_id, card=True, toast=say(visit.words, refusal))
    words = visit.words
    if isinstance(opening, InvoiceSheet):
        others = tuple(way for way in ways if way != method)
        return views.invoice(words, order, opening, now=visit.now(), others=others, fresh=fresh)
    if isinstance(opening, PaymentPage):
        return views.page(words, order, opening, method, now=visit.now(), several=several)
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)  # its deadline was just set
    return views.instructions(words, order, opening.text, now=visit.now(), several=several)


async def _pay_by_credit(visit: Visit, order: Order, total: int | None) -> Reply:
    """Nothing is left to pay, once it is known where it goes: a yes to everything is enough."""
    if order.status is not OrderStatus.PENDING:
        return draw(visit, order, card=True)
    if order.kind is ProductKind.PHYSICAL and order.address is None:
        return await ask_address(visit, order, CREDIT)
    if total != order.total_price:
        return ask_for_a_yes(visit, order, CREDIT, said_yes=total is not None)
    try:
        async with visit.db.begin() as session:
            await crediting.pay_by_credit(
                session, visit.user.id, order.id, total=total, policy=visit.policy, now=visit.now()
            )
    except (AddressNeeded, AlreadyPaid, AmountMismatch, OrderExpired, PriceAwaited, WrongStatus) as refusal:
        return await show(visit, order.id, card=True, toast=say(visit.words, refusal))
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order.id)
    return thanks(visit.words, order, draw(visit, order, card=True))


async def _agreed_later(visit: Visit, order: Order, total: int | None) -> Reply | None:
    """Where the price of sending comes later: the question to the seller, or that the answer is waited for."""
    if order.quote == WANTED:
        return await ask_the_seller(visit, order.id) if total == order.total_price else None
    waits = PriceAwaited(order_id=order.id, offered=order.quote == OFFERED)
    return await show(visit, order.id, card=True, toast=say(visit.words, waits))


@router.button(ConfirmOrder)
async def confirm_order(visit: Visit, pressed: ConfirmOrder) -> Reply:
    """Yes to what was shown."""
    return await pay(visit, pressed.order_id, pressed.method, total=pressed.total)


@router.button(ChangeAddress, asks=ADDRESS)
async def change_address(visit: Visit, pressed: ChangeAddress) -> Reply:
    """Ask for the address once more."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
        placed = await is_open(session, order.id, pressed.method)
    if order.status is not OrderStatus.PENDING or placed:  # its seller reads the address already
        return draw(visit, order, card=True)
    return await ask_address(visit, order, pressed.method, last=pressed.last)


@router.button(PayOrder, asks=ADDRESS)
async def pay_order(visit: Visit, pressed: PayOrder) -> Reply:
    """Pay this way, or choose a way; the only one is taken."""
    if pressed.method is not None:
        return await pay(visit, pressed.order_id, pressed.method)
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    if order.status is not OrderStatus.PENDING:
        return draw(visit, order, card=True)
    ways = ways_to_pay(visit, order)
    if len(ways) == 1:
        return await pay(visit, order.id, ways[0])
    return views.choose_method(visit.words, order, ways)


@router.button(LeaveCredit)
async def leave_credit(visit: Visit, pressed: LeaveCredit) -> Reply:
    """Pay all of it otherwise."""
    try:
        async with visit.db.begin() as session:
            await crediting.leave_credit(session, visit.user.id, pressed.order_id, now=visit.now())
    except (BeingPaid, WrongStatus) as refusal:
        return await show(visit, pressed.order_id, card=True, toast=say(visit.words, refusal))
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    return views.choose_method(visit.words, order, ways_to_pay(visit, order))


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
        page = await open_page(session, order_id, now=visit.now())
    if order.status is not OrderStatus.PENDING:
        return draw(visit, order, card=True)
    several = len(ways_to_pay(visit, order)) > 1
    return views.standing(visit.words, order, page=page, several=several, checked=checked, now=visit.now())


def _needs_a_yes(visit: Visit, order: Order, method: str, *, placed: bool, total: int | None) -> bool:
    """A sheet or a page is its own last question; by hand this shop must ask it, once everything is known."""
    if order.quote == WANTED and order.status is OrderStatus.PENDING:
        return True
    if total is not None:
        return total != order.total_price
    by_hand = visit.providers[method].by_hand
    return by_hand and not placed and order.address is not None and order.status is OrderStatus.PENDING


def _asking(visit: Visit, order: Order, photo_url: str | None) -> Asking:
    words = visit.words
    names = ", ".join(item.name_in(words.language) for item in order.items)
    return Asking(
        user_id=visit.user.id,
        telegram_id=visit.telegram_id,
        title=names[:TITLE] if order.month else words.plain("Order {number}", number=order.id),
        description=names,
        shipping_label=_shipping_label(words, order),
        discount_label=words.plain("Discount"),
        tax_label=words.plain("Tax"),
        credit_label=words.plain("Store credit"),
        language=words.language,
        link=visit.link,
        photo_url=photo_url if photo_url and photo_url.startswith(("https://", "http://")) else None,
    )


def _shipping_label(words: Words, order: Order) -> str:
    if order.shipping_title is None:
        return words.plain("Shipping")
    return words.plain("Shipping, {way}", way=words.named(order.shipping_title))
