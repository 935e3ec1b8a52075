"""A seller cancels an order: before it was paid, or after, with the money going back."""

from bot.buttons.selling import CancelSale
from bot.handlers.selling import REASON, number_and_rest, show
from bot.questions import is_forgotten
from bot.reply import Reply
from bot.router import Router
from bot.said import Said
from bot.views import order_text
from bot.views import selling as views
from bot.visit import Visit
from bot.words import mark
from db.models import Dialog, Order, OrderStatus
from shop import dialogs, orders
from shop.order_refusals import wrong_status
from shop.payments import giving, refunds
from shop.payments.closing import close_attempts
from shop.payments.giving import Wish

router = Router()


@router.command("cancel", for_="owner", about=mark("Cancel an order and give its money back"))
async def cancel_command(visit: Visit, argument: str) -> Reply:
    """/cancel 1042 reason."""
    order_id, reason = number_and_rest(argument)
    if order_id is None or not reason:
        return views.explain(visit.words, "cancel")
    return await _cancel(visit, order_id, reason)


@router.button(CancelSale, for_="owner")
async def cancel_sale(visit: Visit, pressed: CancelSale) -> Reply:
    """Ask for the reason, or do without."""
    if pressed.sure:
        return await _cancel(visit, pressed.order_id, "")
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.user, pressed.order_id, everything=visit.is_operator)
        _check(order)
        await dialogs.start(session, visit.user, REASON, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_reason(visit.words, order)


@router.dialog(REASON, for_="owner")
async def reason_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Why."""
    if is_forgotten(visit, dialog):
        return None
    return await _cancel(visit, int(dialog.data["order_id"]), said.text)


async def _cancel(visit: Visit, order_id: int, reason: str) -> Reply:
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.user, order_id, everything=visit.is_operator)
    _check(order)
    if order.status is OrderStatus.PENDING:
        paid = await close_attempts(visit.db, visit.providers, order_id, policy=visit.policy, clock=visit.clock)
        if paid:  # at this very moment: the seller sees it and decides again
            return await show(visit, order_id)
    await _do(visit, order, reason)
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, REASON)
    return await show(visit, order_id)


async def _do(visit: Visit, order: Order, reason: str) -> None:
    if order.status is OrderStatus.PENDING:
        async with visit.db.begin() as session:
            await orders.cancel_by_owner(
                session, visit.user, order.id, reason=reason, everything=visit.is_operator, now=visit.now()
            )
        return
    wish = Wish(
        order_id=order.id,
        actor=visit.staff,
        restock=True,
        reason=reason or "cancelled_by_seller",
        owner_id=None if visit.is_operator else visit.user.id,
    )
    if order.payment is not None and order.payment.amount > order.payment.refunded_amount:
        await refunds.refund(visit.db, visit.providers, wish, clock=visit.clock, policy=visit.policy)
        return
    async with visit.db.begin() as session:
        await giving.call_off(session, wish, now=visit.now())


def _check(order: Order) -> None:
    """What was paid and is on its way comes back by a refund; refused at the door, it is cancelled with its goods."""
    if not order_text.can_be_cancelled(order):
        raise wrong_status(order, OrderStatus.CANCELLED)
