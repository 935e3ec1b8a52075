"""A seller cancels an order: before it was paid, or after, with the money going back."""

from msgspec.structs import replace

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.parts.order_numbers import number_and_rest
from bot.screens.selling.orders import sure_views as views
from bot.screens.selling.orders import views as order_views
from bot.screens.selling.orders.buttons import CancelSale
from bot.screens.selling.orders.handlers import REASON, show
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Order, OrderStatus, Permission
from shop import orders
from shop.forms import dialogs
from shop.orders import standing
from shop.orders.refusals import wrong_status
from shop.payments import giving, refunds
from shop.payments.closing import close_attempts
from shop.payments.giving import Wish

router = Router()


@router.command(
    "cancel",
    for_="owner",
    needs=Permission.ORDERS,
    about=mark("Cancel an order and give its money back"),
    asks=REASON,
    otherwise="order",
)
async def cancel_command(visit: Visit, argument: str) -> Reply:
    """/cancel 1042 [reason]: asks, as the key does."""
    order_id, reason = number_and_rest(argument)
    if order_id is None:
        return order_views.explain(visit.words, "cancel")
    return await _ask(visit, await _read(visit, order_id), reason)


@router.button(CancelSale, for_="owner", needs=Permission.ORDERS, asks=REASON, within=REASON)
async def cancel_sale(visit: Visit, pressed: CancelSale) -> Reply:
    """Ask for the reason, or do without."""
    order = await _read(visit, pressed.order_id)
    if not pressed.sure:
        return await _ask(visit, order)
    asked = await sure.agreed(visit, pressed, standing.as_seen(order), kind=REASON)
    if asked is not None:
        return await _cancel(visit, order, str(asked["reason"]))
    return replace(await _ask(visit, order), toast=asking.look_again(visit.words))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again, about the order as it is now."""
    return await _ask(visit, await _read(visit, int(dialog.data["order_id"])), str(dialog.data["reason"]))


@router.dialog(REASON, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def reason_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Why; a question that names the reason already is answered by its key alone."""
    if dialog.data.get("reason"):
        return None
    order = await _read(visit, int(dialog.data["order_id"]))
    if dialog.data.get("seen") != standing.as_seen(order):  # paid meanwhile, say: this is not what was asked about
        screen = await _ask(visit, order, said.text)
        return replace(screen, text=f"⚠️ {asking.look_again(visit.words)}\n\n{screen.text}")
    async with visit.db.begin() as session:
        if not await dialogs.finish(session, visit.user, REASON):
            return None
    return await _cancel(visit, order, said.text)


async def _ask(visit: Visit, order: Order, reason: str = "") -> Screen:
    _check(order)
    reason = reason.strip()
    async with visit.db.begin() as session:
        yes = CancelSale(order.id, sure=True)
        seen = standing.as_seen(order)
        await sure.ask(session, visit, yes, seen, kind=REASON, order_id=order.id, reason=reason)
    return views.ask_reason(visit.words, order, reason)


async def _read(visit: Visit, order_id: int) -> Order:
    async with visit.db.read() as session:
        return await orders.get_for_owner(session, visit.seller, order_id)


async def _cancel(visit: Visit, order: Order, reason: str) -> Reply:
    _check(order)
    if order.status is OrderStatus.PENDING:
        paid = await close_attempts(visit.db, visit.providers, order.id, policy=visit.policy, clock=visit.clock)
        if paid:  # at this very moment: the seller sees it and decides again
            return await show(visit, order.id)
    await _do(visit, order, reason)
    return await show(visit, order.id)


async def _do(visit: Visit, order: Order, reason: str) -> None:
    if order.status is OrderStatus.PENDING:
        async with visit.db.begin() as session:
            await orders.cancel_by_owner(session, visit.seller, order.id, reason=reason, now=visit.now())
        return
    is_paid = order.payment is not None and order.payment.amount > order.payment.refunded_amount
    reason = reason or "cancelled_by_seller"
    wish = Wish.of(visit.seller, order.id, restock=True, reason=reason, free=not is_paid)
    if is_paid:
        await refunds.refund(visit.db, visit.providers, wish, clock=visit.clock, policy=visit.policy)
        return
    async with visit.db.begin() as session:
        await giving.call_off(session, wish, now=visit.now())


def _check(order: Order) -> None:
    """What was paid and is on its way comes back by a refund; refused at the door, it is cancelled with its goods."""
    if not standing.can_be_cancelled(order):
        raise wrong_status(order, OrderStatus.CANCELLED)
