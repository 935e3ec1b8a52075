"""A seller's orders: the list, and the commands and keys that move an order. Operators move everybody's."""

from bot.buttons.selling import (
    AcceptSale,
    ConfirmMoney,
    ListSales,
    OpenSale,
    ShipSale,
    WriteToCustomer,
)
from bot.reply import Reply
from bot.router import CLOSES, Router
from bot.said import Said
from bot.views import selling as views
from bot.visit import Visit
from bot.words import mark
from db.models import Dialog, Notification, Order, OrderStatus
from shop import dialogs, orders
from shop.payments import confirming
from shop.refusals import WrongStatus

PAGE = 8
DIGITS = 18  # a longer number is no id
TRACKING, MESSAGE, REASON = "sale_tracking", "sale_message", "sale_reason"

router = Router()


@router.command("orders", for_="owner", about=mark("Orders of your products"))
async def orders_command(visit: Visit, argument: str) -> Reply:
    """All of them, or those in one status."""
    if not argument:
        return await list_sales(visit, ListSales())
    try:
        return await list_sales(visit, ListSales(OrderStatus(argument.strip().lower())))
    except ValueError:
        return views.explain(visit.words, "orders")


@router.button(ListSales, for_="owner")
async def list_sales(visit: Visit, pressed: ListSales) -> Reply:
    """A page of the list."""
    async with visit.db.read() as session:
        found = await orders.list_for_owner(
            session,
            visit.user,
            status=pressed.status,
            before_id=pressed.before,
            limit=PAGE + 1,
            everything=visit.is_operator,
        )
    page = found[:PAGE]
    following = page[-1].id if len(found) > PAGE else None
    return views.sales(visit.words, page, pressed.status, paged=pressed.before is not None, following=following)


@router.button(OpenSale, for_="owner")
async def open_sale(visit: Visit, pressed: OpenSale) -> Reply:
    """One order."""
    return await show(visit, pressed.order_id)


@router.command("ship", for_="owner", about=mark("Say that an order is on its way"))
async def ship_command(visit: Visit, argument: str) -> Reply:
    """/ship 1042 [tracking]."""
    order_id, tracking = number_and_rest(argument)
    if order_id is None:
        return views.explain(visit.words, "ship")
    return await _ship(visit, order_id, tracking or None)


@router.button(ShipSale, for_="owner", asks=TRACKING)
async def ship_sale(visit: Visit, pressed: ShipSale) -> Reply:
    """Ask for the tracking number, or do without."""
    if pressed.untracked:
        return await _ship(visit, pressed.order_id, None)
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.user, pressed.order_id, everything=visit.is_operator)
        if order.status is not OrderStatus.PROCESSING:
            raise WrongStatus(order_id=order.id, status=order.status, wanted=OrderStatus.SHIPPED)
        await dialogs.start(session, visit.user, TRACKING, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_tracking(visit.words, order)


async def tracking_once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_tracking(visit.words, await _about(visit, dialog))


@router.dialog(TRACKING, for_="owner", leaves=CLOSES, again=tracking_once_more)
async def tracking_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The tracking number."""
    return await _ship(visit, int(dialog.data["order_id"]), said.text)


@router.button(AcceptSale, for_="owner")
async def accept_sale(visit: Visit, pressed: AcceptSale) -> Reply:
    """The order goes on before its cash came."""
    async with visit.db.begin() as session:
        await confirming.accept_order(
            session, pressed.order_id, actor=visit.staff, owner_id=_only(visit), now=visit.now()
        )
    return await show(visit, pressed.order_id)


@router.button(ConfirmMoney, for_="owner")
async def confirm_money(visit: Visit, pressed: ConfirmMoney) -> Reply:
    """The cash or the transfer came."""
    async with visit.db.begin() as session:
        await confirming.confirm_money(
            session,
            pressed.order_id,
            actor=visit.staff,
            owner_id=_only(visit),
            policy=visit.policy,
            now=visit.now(),
        )
    return await show(visit, pressed.order_id)


@router.button(WriteToCustomer, for_="owner", asks=MESSAGE)
async def write_to_customer(visit: Visit, pressed: WriteToCustomer) -> Reply:
    """Ask what the customer shall read."""
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.user, pressed.order_id, everything=visit.is_operator)
        await dialogs.start(session, visit.user, MESSAGE, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_message(visit.words, order)


async def message_once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_message(visit.words, await _about(visit, dialog))


@router.dialog(MESSAGE, for_="owner", leaves=CLOSES, again=message_once_more)
async def message_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Bring it to the customer."""
    return await _write(visit, int(dialog.data["order_id"]), said.text)


@router.reply("problem", for_="owner")
async def problem_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The seller replies to what a customer wrote."""
    return await _write(visit, int(notification.data["order_id"]), said.text)


@router.reply("new_order", for_="owner")
async def new_order_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The seller replies to a new order: it is for the customer."""
    return await _write(visit, int(notification.data["order_id"]), said.text)


def number_and_rest(argument: str) -> tuple[int | None, str]:
    """The order's number and what follows it: "1042 LX12" or "#1042"."""
    first, _, rest = argument.strip().partition(" ")
    digits = first.lstrip("#")
    return (int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= DIGITS else None), rest.strip()


async def show(visit: Visit, order_id: int) -> Reply:
    """The order as it stands now."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.user, order_id, everything=visit.is_operator)
    return views.sale(visit.words, order)


async def _about(visit: Visit, dialog: Dialog) -> Order:
    async with visit.db.read() as session:
        return await orders.get_for_owner(
            session, visit.user, int(dialog.data["order_id"]), everything=visit.is_operator
        )


def _only(visit: Visit) -> int | None:
    return None if visit.is_operator else visit.user.id


async def _ship(visit: Visit, order_id: int, tracking: str | None) -> Reply:
    async with visit.db.begin() as session:
        await orders.ship(session, visit.user, order_id, tracking, everything=visit.is_operator, now=visit.now())
        await dialogs.finish(session, visit.user, TRACKING)
    return await show(visit, order_id)


async def _write(visit: Visit, order_id: int, text: str) -> Reply:
    async with visit.db.begin() as session:
        order = await orders.answer_problem(
            session, visit.user, order_id, text, everything=visit.is_operator, now=visit.now()
        )
        await dialogs.finish(session, visit.user, MESSAGE)
    return views.message_sent(visit.words, order)
