"""Giving back what some units of one line cost: which line, how many, and the sum before anything goes."""

from msgspec.structs import replace

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.parts.asking import look_again
from bot.screens.selling.refunds import line_views, views
from bot.screens.selling.refunds.buttons import ChooseLine, ChooseUnits, RefundLine
from bot.sending.reply import Reply, Screen
from db.models import Order, Permission
from shop import orders
from shop.orders import standing
from shop.payments import giving
from shop.payments.giving import Wish
from shop.payments.line_refunds import LineLeft, could_come_back, lines_left
from shop.payments.refunds import refund
from shop.refusals import NothingToRefund, Refusal

router = Router()


@router.button(ChooseLine, for_="owner", needs=Permission.MONEY)
async def choose_line(visit: Visit, pressed: ChooseLine) -> Reply:
    """The lines that something is left of."""
    return await _lines(visit, pressed.order_id, pressed.page)


@router.button(ChooseUnits, for_="owner", needs=Permission.MONEY)
async def choose_units(visit: Visit, pressed: ChooseUnits) -> Reply:
    """How many of them, each with its sum; of one, the question at once."""
    order, left = await _left(visit, pressed.order_id)
    line = next((one for one in left if one.item.id == pressed.item_id), None)
    if line is None:
        return await _lines(visit, pressed.order_id, 0)
    return line_views.units(visit.words, order, line)


@router.button(RefundLine, for_="owner", needs=Permission.MONEY, asks=sure.SURE, within=sure.SURE)
async def refund_line(visit: Visit, pressed: RefundLine) -> Reply:
    """Asked once with the sum; the second tap gives it back."""
    order, _ = await _left(visit, pressed.order_id)
    if not pressed.sure:
        return await _ask(visit, order, pressed)
    asked = await sure.agreed(visit, pressed, standing.as_seen(order))
    if asked is None:
        try:
            return replace(await _ask(visit, order, pressed), toast=look_again(visit.words))
        except Refusal as refused:
            return replace(await _lines(visit, order.id, 0), toast=say(visit.words, refused))
    wish = _wish(visit, pressed, key=str(asked["said"]))
    news = await refund(visit.db, visit.providers, wish, clock=visit.clock, policy=visit.policy)
    restocked = line_views.goods(visit.words, order, pressed) if pressed.restock else None
    return views.given(visit.words, order, news, restocked=restocked)


async def _ask(visit: Visit, order: Order, pressed: RefundLine) -> Screen:
    yes = replace(pressed, sure=True)
    said = f"refund:{visit.telegram_id}:{visit.message_id}:{order.id}"
    async with visit.db.begin() as session:
        amount = await giving.weigh(session, _wish(visit, pressed), visit.providers, now=visit.now())
        item = next((one for one in order.items if one.id == pressed.item_id), None)
        if item is None:
            raise NothingToRefund(order_id=order.id)
        may = await could_come_back(session, item, pressed.units)
        yes = replace(yes, restock=pressed.restock and may)
        await sure.ask(session, visit, yes, standing.as_seen(order), said=said)
    return line_views.sure_to_refund(visit.words, order, item, amount, yes, may_come_back=may)


def _wish(visit: Visit, pressed: RefundLine, *, key: str | None = None) -> Wish:
    wish = Wish.of(visit.seller, pressed.order_id, reason="refunded", key=key)
    return replace(
        wish, item_id=pressed.item_id, units=pressed.units, restock=pressed.restock, to_credit=pressed.credit
    )


async def _left(visit: Visit, order_id: int) -> tuple[Order, list[LineLeft]]:
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, order_id)
        return order, await lines_left(session, order)


async def _lines(visit: Visit, order_id: int, page: int) -> Screen:
    order, left = await _left(visit, order_id)
    return line_views.lines(visit.words, order, left, page)
