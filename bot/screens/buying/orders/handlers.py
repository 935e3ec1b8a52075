"""A customer's orders: looking, and cancelling."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.orders import views
from bot.screens.buying.orders.buttons import CancelOrder, LeaveCard, ListOrders, OpenOrder, StopWriting
from bot.screens.parts.order_card import show
from bot.screens.parts.sure import SURE, agreed, ask
from bot.sending.reply import Lead, Reply, Screen
from bot.words import mark
from db.models import OrderStatus
from db.numbers import read_id
from shop import orders
from shop.orders.pages import Turn
from shop.orders.refusals import wrong_status
from shop.orders.standing import as_seen
from shop.payments.closing import close_attempts

PAGE = 8

router = Router()


@router.command("myorders", about=mark("Your orders"), also="my_orders purchases")
async def my_orders(visit: Visit, _argument: str) -> Reply:
    """The list."""
    return await list_orders(visit, ListOrders())


@router.button(ListOrders)
async def list_orders(visit: Visit, pressed: ListOrders) -> Reply:
    """A page of the list."""
    async with visit.db.read() as session:
        page = await orders.list_for_customer(session, visit.user, Turn(pressed.before, pressed.after, PAGE))
    return views.my_orders(visit.words, page)


@router.button(OpenOrder)
async def open_order(visit: Visit, pressed: OpenOrder) -> Reply:
    """One order."""
    return await order_page(visit, pressed)


@router.page(OpenOrder)
async def order_page(visit: Visit, pressed: OpenOrder) -> Screen:
    """One order as it is now."""
    return await show(visit, pressed.order_id, card=pressed.card, before=pressed.before)


@router.deep_link("order_")
async def order_link(visit: Visit, argument: str) -> Reply:
    """One order, from a link."""
    return await show(visit, read_id(argument) or 0, card=False)


@router.button(CancelOrder, asks=SURE, within=SURE)
async def cancel_order(visit: Visit, pressed: CancelOrder) -> Reply:
    """Cancel while it is pending, after asking back; nobody can pay it any more before its stock is let go."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    if order.status is not OrderStatus.PENDING:
        raise wrong_status(order, OrderStatus.CANCELLED, by_customer=True)
    if not pressed.sure or await agreed(visit, pressed, as_seen(order)) is None:
        async with visit.db.begin() as session:
            await ask(session, visit, replace(pressed, sure=True), as_seen(order))
        return views.sure_to_cancel(visit.words, order, card=pressed.card, again=pressed.sure)
    paid = await close_attempts(visit.db, visit.providers, order.id, policy=visit.policy, clock=visit.clock)
    if not paid:
        async with visit.db.begin() as session:
            await orders.cancel_by_customer(session, visit.user, order.id, now=visit.now())
    return await show(visit, order.id, card=pressed.card)


@router.button(StopWriting)
async def stop_writing(visit: Visit, pressed: StopWriting) -> Reply:
    """Never mind."""
    return await show(visit, pressed.order_id, card=False)


@router.button(LeaveCard)
async def leave_card(_visit: Visit, _pressed: LeaveCard) -> Lead:
    """Home, below the card."""
    return Lead(OpenHome(), fresh=True)
