"""The last question before an order by hand is placed: everything about it, and a yes."""

from bot.routing.refusals import say
from bot.routing.visit import Visit
from bot.screens.buying.checkout import confirm_views as views
from bot.screens.parts.order_card import ways_to_pay
from bot.sending.reply import Reply
from db.models import Order
from shop import orders
from shop.refusals import AmountMismatch


async def confirm(visit: Visit, order_id: int, method: str) -> Reply:
    """Show everything about the order before it is placed."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
    return ask_for_a_yes(visit, order, method, said_yes=False)


def ask_for_a_yes(visit: Visit, order: Order, method: str, *, said_yes: bool) -> Reply:
    """The question; `said_yes`: to another total than is asked for now."""
    toast = say(visit.words, AmountMismatch(order_id=order.id)) if said_yes else None
    return views.confirm(visit.words, order, method, several=len(ways_to_pay(visit, order)) > 1, toast=toast)
