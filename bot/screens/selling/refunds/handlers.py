"""Giving money back from the chat: /refund, and the buttons on an order's money."""

from msgspec.structs import replace
from sqlalchemy import select

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.checkout.buttons import OpenRefund, PaidBack, RefundAll, RefundPart
from bot.screens.parts import sure
from bot.screens.parts.asking import goods, look_again
from bot.screens.selling.refunds import views
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.amounts import parse_amount
from db.models import Order, Permission, Refund
from db.numbers import read_id
from shop import orders
from shop.orders import standing
from shop.payments import giving
from shop.payments.giving import Wish
from shop.payments.refunds import mark_paid_back, refund
from shop.refusals import CannotRead, Refusal

router = Router()


@router.command(
    "refund",
    for_="owner",
    needs=Permission.MONEY,
    about=mark("Give money of an order back"),
    asks=sure.SURE,
    otherwise="order",
)
async def refund_command(visit: Visit, argument: str) -> Reply:
    """`/refund 1042`, `/refund 1042 5.50`, `/refund 1042 restock`: asks, as the keys do; or explain it."""
    words = argument.split()
    if not words:
        return views.how_to_refund(visit.words)
    order = await _order(visit, words[0].removeprefix("#"))
    restock = words[-1].casefold() == "restock" and len(words) > 1
    rest = " ".join(words[1:-1] if restock else words[1:])
    amount = _amount(rest, order.currency) if rest else None
    return await _ask(visit, order, amount, restock=restock)


@router.button(OpenRefund, for_="owner", needs=Permission.MONEY)
async def open_refund(visit: Visit, pressed: OpenRefund) -> Reply:
    """How the money of an order stands."""
    return await money_page(visit, pressed)


@router.page(OpenRefund, for_="owner", needs=Permission.MONEY)
async def money_page(visit: Visit, pressed: OpenRefund) -> Screen:
    """How the money of an order stands now."""
    return await _money(visit, pressed.order_id)


@router.button(RefundAll, for_="owner", needs=Permission.MONEY, asks=sure.SURE, within=sure.SURE)
async def refund_all(visit: Visit, pressed: RefundAll) -> Reply:
    """Give everything back that is left, after asking back."""
    order = await _order(visit, str(pressed.order_id))
    if not pressed.sure:
        return await _ask(visit, order, None, restock=pressed.restock, to_credit=pressed.credit)
    if await sure.agreed(visit, pressed, standing.as_seen(order)) is None:
        return await _look_again(visit, order, None, restock=pressed.restock, to_credit=pressed.credit)
    return await _give(visit, order, None, restock=pressed.restock, to_credit=pressed.credit)


@router.button(RefundPart, for_="owner", needs=Permission.MONEY, asks=sure.SURE, within=sure.SURE)
async def refund_part(visit: Visit, pressed: RefundPart) -> Reply:
    """Give a part back that was asked about."""
    order = await _order(visit, str(pressed.order_id))
    if not pressed.sure:
        return await _ask(visit, order, pressed.amount, restock=False, to_credit=pressed.credit)
    asked = await sure.agreed(visit, pressed, standing.as_seen(order))
    if asked is None:
        return await _look_again(visit, order, pressed.amount, restock=False, to_credit=pressed.credit)
    key, restock = str(asked["said"]), bool(asked["restock"])
    return await _give(visit, order, pressed.amount, restock=restock, to_credit=pressed.credit, key=key)


@router.button(PaidBack, for_="owner", needs=Permission.MONEY)
async def paid_back(visit: Visit, pressed: PaidBack) -> Reply:
    """A refund was given back by hand."""
    async with visit.db.begin() as session:
        row = await mark_paid_back(
            session,
            pressed.refund_id,
            by=visit.seller,
            policy=visit.policy,
            now=visit.now(),
            as_credit=pressed.credit,
        )
    return await _money(visit, row.order_id, toast=visit.words.plain("Noted. The customer is told."))


async def _ask(visit: Visit, order: Order, amount: int | None, *, restock: bool, to_credit: bool = False) -> Screen:
    yes: RefundAll | RefundPart = RefundAll(order.id, restock, sure=True, credit=to_credit)
    if amount is not None:
        yes = RefundPart(order.id, amount, credit=to_credit)
    said = f"refund:{visit.telegram_id}:{visit.message_id}:{order.id}"
    wish = Wish.of(
        visit.seller,
        order.id,
        amount=amount,
        restock=restock,
        to_credit=to_credit,
    )
    async with visit.db.begin() as session:
        goes_back = await giving.weigh(session, wish, visit.providers, now=visit.now())
        await sure.ask(session, visit, yes, standing.as_seen(order), said=said, restock=restock)
    return views.sure_to_refund(visit.words, order, goes_back, yes, restock=restock)


async def _look_again(visit: Visit, order: Order, amount: int | None, *, restock: bool, to_credit: bool) -> Reply:
    """An old key, or the money has moved: how it stands now, and the question anew where it can be asked."""
    try:
        screen = await _ask(visit, order, amount, restock=restock, to_credit=to_credit)
    except Refusal as refused:
        return await _money(visit, order.id, toast=say(visit.words, refused))
    return replace(screen, toast=look_again(visit.words))


async def _give(
    visit: Visit, order: Order, amount: int | None, *, restock: bool, to_credit: bool, key: str | None = None
) -> Reply:
    wish = Wish.of(
        visit.seller,
        order.id,
        amount=amount,
        restock=restock,
        reason="refunded",
        key=key,
        to_credit=to_credit,
    )
    news = await refund(visit.db, visit.providers, wish, clock=visit.clock, policy=visit.policy)
    return views.given(visit.words, order, news, restocked=goods(visit.words, order.items) if restock else None)


async def _money(visit: Visit, order_id: int, *, toast: str | None = None) -> Screen:
    order = await _order(visit, str(order_id))
    async with visit.db.read() as session:
        rows = await session.scalars(select(Refund).where(Refund.order_id == order.id).order_by(Refund.id))
        return views.money(visit.words, order, list(rows), toast=toast)


async def _order(visit: Visit, number: str) -> Order:
    order_id = read_id(number)
    if order_id is None:
        raise CannotRead(field="order", given=number, hint="refund_order")
    async with visit.db.read() as session:
        return await orders.get_for_owner(session, visit.seller, order_id)


def _amount(text: str, currency: str) -> int:
    try:
        return parse_amount(text, currency)
    except ValueError:
        raise CannotRead(field="amount", given=text, hint="refund_amount") from None
