"""Drawing a customer's order, wherever it is shown: with what the tills of this shop say about it."""

from bot.routing.visit import Visit
from bot.screens.parts.order_screen import order_screen
from bot.sending.reply import Screen
from db.models import Order
from shop import orders
from shop.payments.methods import instructions, offered
from shop.payments.requests import facts
from shop.returns import rule


def draw(visit: Visit, order: Order, *, card: bool, before: int | None = None, toast: str | None = None) -> Screen:
    """The order (everything about it is loaded); `card`: as its status card, `before`: the page of the list behind."""
    return order_screen(
        visit.words,
        order,
        now=visit.now(),
        card=card,
        instructions=instructions(visit.providers, order.payment_method),
        several=len(ways_to_pay(visit, order)) > 1,
        returnable=rule.may_ask(order, visit.policy, visit.now()),
        before=before,
        toast=toast,
    )


async def show(
    visit: Visit, order_id: int, *, card: bool, before: int | None = None, toast: str | None = None
) -> Screen:
    """One of the person's own orders as it stands now. Raises NotFound."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
    return draw(visit, order, card=card, before=before, toast=toast)


def ways_to_pay(visit: Visit, order: Order) -> tuple[str, ...]:
    """The ways that may take the money of this order."""
    return offered(visit.providers, facts(order), off=visit.policy.ways_off)
