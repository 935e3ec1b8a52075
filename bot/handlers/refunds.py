"""Giving money back from the chat: /refund, and the buttons on an order's money."""

from sqlalchemy import select

from bot.buttons.checkout import OpenRefund, PaidBack, RefundAll
from bot.reply import Reply
from bot.router import Router
from bot.views import refunds as views
from bot.visit import Visit
from bot.words import mark
from db.amounts import parse_amount
from db.models import Order, Refund
from db.numbers import read_id
from shop import orders
from shop.payments.giving import Wish
from shop.payments.refunds import mark_paid_back, refund
from shop.refusals import CannotRead, NothingToRefund

router = Router()


@router.command("refund", for_="owner", about=mark("Give money of an order back"))
async def refund_command(visit: Visit, argument: str) -> Reply:
    """`/refund 1042`, `/refund 1042 5.50`, `/refund 1042 restock`, or explain it."""
    words = argument.split()
    if not words:
        return views.how_to_refund(visit.words)
    order = await _order(visit, words[0].removeprefix("#"))
    restock = words[-1].casefold() == "restock" and len(words) > 1
    rest = " ".join(words[1:-1] if restock else words[1:])
    said = f"refund:{visit.telegram_id}:{visit.message_id}"  # a part, asked for twice, would be two parts
    return await _give(visit, order, _amount(rest, order.currency) if rest else None, restock=restock, key=said)


@router.button(OpenRefund, for_="owner")
async def open_refund(visit: Visit, pressed: OpenRefund) -> Reply:
    """How the money of an order stands."""
    return await _money(visit, pressed.order_id)


@router.button(RefundAll, for_="owner")
async def refund_all(visit: Visit, pressed: RefundAll) -> Reply:
    """Give everything back that is left, after asking back."""
    order = await _order(visit, str(pressed.order_id))
    if pressed.sure:
        return await _give(visit, order, None, restock=pressed.restock)
    left = order.payment.amount - order.payment.refunded_amount if order.payment is not None else 0
    if left <= 0:
        raise NothingToRefund(order_id=order.id)
    return views.sure_to_refund(visit.words, order, left, restock=pressed.restock)


@router.button(PaidBack, for_="owner")
async def paid_back(visit: Visit, pressed: PaidBack) -> Reply:
    """A refund was given back by hand."""
    async with visit.db.begin() as session:
        owner_id = None if visit.is_operator else visit.user.id
        row = await mark_paid_back(session, pressed.refund_id, actor=visit.staff, owner_id=owner_id, now=visit.now())
    return await _money(visit, row.order_id, toast=visit.words.plain("Noted. The customer is told."))


async def _give(visit: Visit, order: Order, amount: int | None, *, restock: bool, key: str | None = None) -> Reply:
    wish = Wish(
        order_id=order.id,
        actor=visit.staff,
        amount=amount,
        restock=restock,
        reason="refunded",
        owner_id=None if visit.is_operator else visit.user.id,
        key=key,
    )
    news = await refund(visit.db, visit.providers, wish, clock=visit.clock, policy=visit.policy)
    return views.given(visit.words, order, news, restocked=restock)


async def _money(visit: Visit, order_id: int, *, toast: str | None = None) -> Reply:
    order = await _order(visit, str(order_id))
    async with visit.db.read() as session:
        rows = await session.scalars(select(Refund).where(Refund.order_id == order.id).order_by(Refund.id))
        return views.money(visit.words, order, list(rows), toast=toast)


async def _order(visit: Visit, number: str) -> Order:
    order_id = read_id(number)
    if order_id is None:
        raise CannotRead(field="order", given=number, hint="refund_order")
    async with visit.db.read() as session:
        return await orders.get_for_owner(session, visit.user, order_id, everything=visit.is_operator)


def _amount(text: str, currency: str) -> int:
    try:
        return parse_amount(text, currency)
    except ValueError:
        raise CannotRead(field="amount", given=text, hint="refund_amount") from None
