"""A seller's orders: the list, and the commands and keys that move an order. Operators move everybody's."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.orders import views
from bot.screens.selling.orders.buttons import AcceptSale, ConfirmMoney, ListSales, OpenSale, ShipSale
from bot.screens.selling.orders.list_views import sales
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Notification, Order, OrderStatus, Permission
from db.numbers import read_id
from shop import orders
from shop.forms import dialogs
from shop.orders import reading as order_reading
from shop.orders.pages import Turn
from shop.orders.reading import SEEING
from shop.orders.refusals import wrong_status
from shop.payments import confirming
from shop.refusals import NotFound

PAGE = 8
TRACKING, MESSAGE, REASON = "sale_tracking", "sale_message", "sale_reason"

router = Router()


@router.button(ListSales, for_="owner", needs=SEEING)
async def list_sales(visit: Visit, pressed: ListSales) -> Reply:
    """A page of the list."""
    async with visit.db.read() as session:
        page = await orders.list_for_owner(
            session,
            visit.seller,
            Turn(pressed.before, pressed.after, PAGE),
            status=pressed.status,
        )
    return sales(visit.words, page, pressed.status, sellers=visit.is_operator)


@router.button(OpenSale, for_="owner", needs=SEEING)
async def open_sale(visit: Visit, pressed: OpenSale) -> Reply:
    """One order."""
    return await sale_page(visit, pressed)


@router.deep_link("sale_")
async def from_a_group(visit: Visit, argument: str) -> Reply:
    """The key of a staff group that leads here: whoever does not look after the order finds none."""
    order_id = read_id(argument)
    if order_id is None or not visit.sells:
        raise NotFound(order_id=order_id or 0)
    return await sale_page(visit, OpenSale(order_id))


@router.page(OpenSale, for_="owner", needs=SEEING)
async def sale_page(visit: Visit, pressed: OpenSale) -> Screen:
    """One order as it is now."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
    return views.sale(visit.words, order, page=ListSales(pressed.status, pressed.before))


@router.notice("new_order")
async def new_order(visit: Visit, notification: Notification) -> Reply:
    """A seller has something to do."""
    words = visit.words
    order_id = int(notification.data["order_id"])
    async with visit.db.read() as session:
        order = await order_reading.get(session, order_id)
    if order is None:
        raise NotFound(order_id=order_id)
    new = order.status in {OrderStatus.PENDING, OrderStatus.PROCESSING}
    return views.sale(words, order, news=words("🛎 <b>New order</b>") if new else None, listed=False)


@router.button(ShipSale, for_="owner", needs=Permission.ORDERS, asks=TRACKING)
async def ship_sale(visit: Visit, pressed: ShipSale) -> Reply:
    """Ask for the tracking number, or do without."""
    if pressed.untracked:
        return await ship_one(visit, pressed.order_id, None)
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
        if order.status is not OrderStatus.PROCESSING:
            raise wrong_status(order, OrderStatus.SHIPPED)
        await dialogs.start(session, visit.user, TRACKING, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_tracking(visit.words, order)


async def tracking_once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_tracking(visit.words, await _about(visit, dialog))


@router.dialog(TRACKING, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=tracking_once_more)
async def tracking_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The tracking number."""
    return await ship_one(visit, int(dialog.data["order_id"]), said.text)


@router.button(AcceptSale, for_="owner", needs=Permission.ORDERS)
async def accept_sale(visit: Visit, pressed: AcceptSale) -> Reply:
    """The order goes on before its cash came."""
    async with visit.db.begin() as session:
        await confirming.accept_order(session, pressed.order_id, by=visit.seller, now=visit.now())
    return await show(visit, pressed.order_id)


@router.button(ConfirmMoney, for_="owner", needs=Permission.MONEY)
async def confirm_money(visit: Visit, pressed: ConfirmMoney) -> Reply:
    """The cash or the transfer came."""
    async with visit.db.begin() as session:
        await confirming.confirm_money(
            session,
            pressed.order_id,
            by=visit.seller,
            policy=visit.policy,
            now=visit.now(),
        )
    return await show(visit, pressed.order_id)


async def show(visit: Visit, order_id: int) -> Screen:
    """The order as it stands now."""
    return await sale_page(visit, OpenSale(order_id))


async def _about(visit: Visit, dialog: Dialog) -> Order:
    async with visit.db.read() as session:
        return await orders.get_for_owner(session, visit.seller, int(dialog.data["order_id"]))


async def ship_one(visit: Visit, order_id: int, tracking: str | None) -> Reply:
    """Say that it is on its way."""
    async with visit.db.begin() as session:
        await orders.ship(session, visit.seller, order_id, tracking, carriers=visit.policy.carriers, now=visit.now())
        await dialogs.finish(session, visit.user, TRACKING)
    return await show(visit, order_id)
