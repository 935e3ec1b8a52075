"""Goods of an earlier order go into the cart once more, as far as they can be had."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, User
from shop.carts import lines
from shop.carts.lines import CartView
from shop.orders.reading import get_for_customer
from shop.refusals import NotForSale, NotFound, OutOfStock, WrongStatus
from shop.subscriptions.refusals import SoldMonthly


class Refilled(Struct, frozen=True):
    """The cart now, and what of the order is not in it in full: its name, and how many units could be put in."""

    cart: CartView
    short: tuple[tuple[str, int], ...]


async def refill(session: AsyncSession, user: User, order_id: int, *, limit: int, now: datetime) -> Refilled:
    """Let the cart hold what the person's own earlier order was for; tapped twice, it holds it once.

    At most `limit` units a line. A price that moved since then shows in the cart as one that moved.
    Raises NotFound, WrongStatus (an order that is still to be paid holds its goods itself).
    """
    order = await get_for_customer(session, user, order_id)
    if order.status is OrderStatus.PENDING:
        raise WrongStatus(order_id=order.id, status=order.status, wanted=OrderStatus.COMPLETED)
    held = await lines.look(session, user, now=now)
    short = []
    for item in order.items:
        line = held.line(item.product_id)
        wanted = min(max(item.quantity, line.quantity if line else 0), limit)
        got = await _put(session, user, item.product_id, wanted, limit=limit, now=now)
        if got < min(item.quantity, limit):
            short.append((item.name, got))
    for item in order.items:
        await lines.saw_price(session, user, item.product_id, item.price, order.currency)
    return Refilled(await lines.look(session, user, now=now), tuple(short))


async def _put(session: AsyncSession, user: User, product_id: int, quantity: int, *, limit: int, now: datetime) -> int:
    """How many units the cart holds then."""
    try:
        await lines.set_quantity(session, user, product_id, quantity, limit=limit, now=now)
    except OutOfStock as refusal:
        left = int(refusal.data["left"])
        if left > 0:
            await lines.set_quantity(session, user, product_id, left, limit=limit, now=now)
        return left
    except (NotForSale, SoldMonthly, NotFound):
        return 0
    return quantity


def came_to_nothing(order: Order) -> bool:
    """Whether the order was cancelled before it was paid (its `payment` is loaded)."""
    return order.status is OrderStatus.CANCELLED and (order.payment is None or order.payment.payment_date is None)
