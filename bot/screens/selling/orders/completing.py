"""A seller completes an order: at once where it was sent and paid, else after a question."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.parts.order_numbers import number_and_rest
from bot.screens.selling.orders import sure_views as views
from bot.screens.selling.orders import views as order_views
from bot.screens.selling.orders.buttons import CompleteAnyway, CompleteSale
from bot.screens.selling.orders.handlers import show
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Order, OrderStatus, Permission
from shop import orders
from shop.orders import standing
from shop.orders.refusals import wrong_status
from shop.payments import confirming

router = Router()


@router.command(
    "complete", for_="owner", needs=Permission.ORDERS, about=mark("Say that an order has arrived"), asks=sure.SURE
)
async def complete_command(visit: Visit, argument: str) -> Reply:
    """/complete 1042."""
    order_id, _ = number_and_rest(argument)
    if order_id is None:
        return order_views.explain(visit.words, "complete")
    return await complete_sale(visit, CompleteSale(order_id))


@router.button(CompleteSale, for_="owner", needs=Permission.ORDERS, asks=sure.SURE)
async def complete_sale(visit: Visit, pressed: CompleteSale) -> Reply:
    """The customer has everything."""
    order = await _read(visit, pressed.order_id)
    if standing.is_unsent(order) or not standing.is_paid(order):
        return await _ask(visit, order)
    async with visit.db.begin() as session:
        await orders.complete(session, visit.seller, order.id, now=visit.now())
    return await show(visit, order.id)


@router.button(CompleteAnyway, for_="owner", needs=Permission.ORDERS, within=sure.SURE)
async def complete_anyway(visit: Visit, pressed: CompleteAnyway) -> Reply:
    """Yes, complete it."""
    order = await _read(visit, pressed.order_id)
    if await sure.agreed(visit, CompleteAnyway(order.id), standing.as_seen(order)) is None:
        if order.status not in {OrderStatus.PROCESSING, OrderStatus.SHIPPED}:
            return await show(visit, order.id)
        return replace(await _ask(visit, order), toast=asking.look_again(visit.words))
    async with visit.db.begin() as session:
        if pressed.paid:
            await confirming.confirm_money(
                session,
                order.id,
                by=visit.seller,
                policy=visit.policy,
                now=visit.now(),
            )
        await orders.complete(session, visit.seller, order.id, now=visit.now())
    return await show(visit, order.id)


async def _ask(visit: Visit, order: Order) -> Screen:
    if order.status not in {OrderStatus.PROCESSING, OrderStatus.SHIPPED}:
        raise wrong_status(order, OrderStatus.COMPLETED)
    async with visit.db.begin() as session:
        await sure.ask(session, visit, CompleteAnyway(order.id), standing.as_seen(order))
    return views.ask_complete(visit.words, order)


async def _read(visit: Visit, order_id: int) -> Order:
    async with visit.db.read() as session:
        return await orders.get_for_owner(session, visit.seller, order_id)
