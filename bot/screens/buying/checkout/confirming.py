"""The last question before an order is placed: everything about it, and a yes; the way of sending is changed here."""

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.checkout import confirm_views as views
from bot.screens.buying.checkout.buttons import ChooseShipping
from bot.screens.buying.checkout.paying_views import choose_method
from bot.screens.parts.order_card import show, ways_to_pay
from bot.sending.reply import Reply
from db.models import Order, OrderStatus
from shop import orders
from shop.orders.news import BY_HAND
from shop.orders.refusals import wrong_status
from shop.payments.delivery import priced, send_to
from shop.payments.methods import CREDIT
from shop.payments.rows import lock_order
from shop.refusals import AmountMismatch, NotDeliverable, NotFound, WrongStatus

router = Router()


async def confirm(visit: Visit, order_id: int, method: str, *, typed: bool = False) -> Reply:
    """Show everything about the order before it is placed; `typed`: the address was, just now."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
    return ask_for_a_yes(visit, order, method, said_yes=False, typed=typed)


def ask_for_a_yes(visit: Visit, order: Order, method: str, *, said_yes: bool, typed: bool = False) -> Reply:
    """The question; `said_yes`: to another total than is asked for now."""
    toast = say(visit.words, AmountMismatch(order_id=order.id)) if said_yes else None
    ways = ways_to_pay(visit, order)
    if CREDIT in ways:
        method = CREDIT
    elif method == CREDIT:  # sending it costs more than the credit that was left
        return choose_method(visit.words, order, ways)
    country = str((order.address or {}).get("country_code", ""))
    served = [
        (place, way)
        for place, way in enumerate(visit.policy.shipping)
        if country and way.serves(country, order.weight) and not (way.pickup and order.present is not None)
    ]
    prices = priced(order, tuple(way for _, way in served))
    return views.confirm(
        visit.words,
        order,
        method,
        tuple((place, way) for (place, _), way in zip(served, prices, strict=True)),
        typed=typed,
        several=len(ways) > 1,
        toast=toast,
    )


@router.button(ChooseShipping)
async def choose_shipping(visit: Visit, pressed: ChooseShipping) -> Reply:
    """Another way of sending, and the last look once more; what was ordered meanwhile is shown as it is."""
    if pressed.method is None or not 0 <= pressed.option < len(visit.policy.shipping):
        return await show(visit, pressed.order_id, card=True)
    option = visit.policy.shipping[pressed.option].id
    try:
        async with visit.db.begin() as session:
            order = await lock_order(session, pressed.order_id, with_items=True)
            if order is None or order.user_id != visit.user.id:
                raise NotFound(order_id=pressed.order_id)
            must_be_open(order)
            address = order.address or {}
            await send_to(session, order, option_id=option, address=address, policy=visit.policy, now=visit.now())
    except (WrongStatus, NotDeliverable) as refusal:
        return await show(visit, pressed.order_id, card=True, toast=say(visit.words, refusal))
    return await confirm(visit, pressed.order_id, pressed.method)


def must_be_open(order: Order) -> None:
    """What was ordered by hand is on its seller's list, with its address. Raises WrongStatus."""
    if order.payment_method in BY_HAND and order.address is not None:
        raise wrong_status(order, OrderStatus.PENDING, by_customer=True)
