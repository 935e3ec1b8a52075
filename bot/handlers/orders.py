"""A customer's orders: looking, cancelling, and telling the seller what is wrong."""

from msgspec.structs import replace

from bot.buttons.home import OpenHome
from bot.buttons.orders import CancelOrder, LeaveCard, ListOrders, OpenOrder, StopWriting, TellProblem
from bot.handlers import start
from bot.refusals import say
from bot.reply import Reply, Screen
from bot.router import CLOSES, Router
from bot.said import Said
from bot.sure import SURE, agreed, as_seen, ask
from bot.views import orders as views
from bot.visit import Visit
from bot.words import mark
from db.models import Dialog, Notification, OrderStatus
from shop import dialogs, orders
from shop.payments.closing import close_attempts
from shop.refusals import WrongStatus

PAGE = 8
PROBLEM = "problem"

router = Router()


@router.command("myorders", about=mark("Your orders"))
async def my_orders(visit: Visit, _argument: str) -> Reply:
    """The list."""
    return await list_orders(visit, ListOrders())


@router.button(ListOrders)
async def list_orders(visit: Visit, pressed: ListOrders) -> Reply:
    """A page of the list."""
    async with visit.db.read() as session:
        found = await orders.list_for_customer(session, visit.user, before_id=pressed.before, limit=PAGE + 1)
    page = found[:PAGE]
    following = page[-1].id if len(found) > PAGE else None
    return views.my_orders(visit.words, page, paged=pressed.before is not None, following=following)


@router.button(OpenOrder)
async def open_order(visit: Visit, pressed: OpenOrder) -> Reply:
    """One order."""
    return await _show(visit, pressed.order_id, card=pressed.card)


@router.deep_link("order_")
async def order_link(visit: Visit, argument: str) -> Reply:
    """One order, from a link."""
    return await _show(visit, int(argument) if argument.isascii() and argument.isdigit() else 0, card=False)


@router.button(CancelOrder, asks=SURE, within=SURE)
async def cancel_order(visit: Visit, pressed: CancelOrder) -> Reply:
    """Cancel while it is pending, after asking back; nobody can pay it any more before its stock is let go."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    if order.status is not OrderStatus.PENDING:
        refused = WrongStatus(order_id=order.id, status=order.status, wanted=OrderStatus.CANCELLED)
        toast = None if order.status is OrderStatus.CANCELLED else say(visit.words, refused)
        return replace(views.order(visit.words, order, now=visit.now(), card=pressed.card), toast=toast)
    if not pressed.sure or await agreed(visit, pressed, as_seen(order)) is None:
        async with visit.db.begin() as session:
            await ask(session, visit, replace(pressed, sure=True), as_seen(order))
        return views.sure_to_cancel(visit.words, order, card=pressed.card, again=pressed.sure)
    paid = await close_attempts(visit.db, visit.providers, order.id, policy=visit.policy, clock=visit.clock)
    if not paid:
        async with visit.db.begin() as session:
            await orders.cancel_by_customer(session, visit.user, order.id, now=visit.now())
    return await _show(visit, order.id, card=pressed.card)


@router.button(TellProblem, asks=PROBLEM)
async def tell_problem(visit: Visit, pressed: TellProblem) -> Reply:
    """Ask what the seller shall read."""
    async with visit.db.begin() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
        await dialogs.start(session, visit.user, PROBLEM, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_problem(visit.words, order)


@router.button(StopWriting)
async def stop_writing(visit: Visit, pressed: StopWriting) -> Reply:
    """Never mind."""
    return await _show(visit, pressed.order_id, card=False)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, int(dialog.data["order_id"]))
    return views.ask_problem(visit.words, order)


@router.dialog(PROBLEM, leaves=CLOSES, again=once_more)
async def problem_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Bring it to the seller."""
    async with visit.db.begin() as session:
        order = await orders.report_problem(
            session, visit.user, int(dialog.data["order_id"]), said.text, now=visit.now()
        )
        await dialogs.finish(session, visit.user, PROBLEM)
    return views.problem_sent(visit.words, order)


@router.reply("problem_answer")
async def answer_written(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The customer replies to what the seller wrote."""
    async with visit.db.begin() as session:
        order = await orders.report_problem(
            session, visit.user, int(notification.data["order_id"]), said.text, now=visit.now()
        )
    return views.problem_sent(visit.words, order)


@router.button(LeaveCard)
async def leave_card(visit: Visit, _pressed: LeaveCard) -> Reply:
    """Home, below the card."""
    home = await start.open_home(visit, OpenHome())
    return replace(home, fresh=True) if isinstance(home, Screen) else home


async def _show(visit: Visit, order_id: int, *, card: bool) -> Reply:
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, order_id)
    return views.order(visit.words, order, now=visit.now(), card=card)
