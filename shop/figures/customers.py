"""Who bought in a period, and how far those came who did not: visits, carts, payments, counted in people.

A visit is a person who wrote or tapped anything in the shop's chat; their last day here is kept, so visits are known
for periods that last until now. Of a cart, what lies in it now is known, or the order that it became.
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Cart, CartItem, Order, Payment, Product, Role, User
from shop.people.permissions import Acting


class Buyers(Struct, frozen=True):
    """People who paid in a period: how many of them paid here before, and how many did not."""

    new: int
    returning: int


class Funnel(Struct, frozen=True):
    """How many people came that far; `visits` are of the whole shop, None where they are not known."""

    visits: int | None
    carts: int
    paid: int


async def count_buyers(session: AsyncSession, acting: Acting, begin: datetime, end: datetime) -> Buyers:
    """Who paid this seller (an operator's: anybody) in a period. One statement."""
    paid = _paid(acting, begin, end).subquery()
    earlier, order = aliased(Payment), aliased(Order)
    before = (
        select(earlier.id)
        .join(order, order.id == earlier.order_id)
        .where(order.user_id == paid.c.user_id, earlier.payment_date < begin, *_of(acting, order))
        .exists()
    )
    everybody = await session.execute(select(before.label("before"), func.count()).select_from(paid).group_by("before"))
    counts = {bool(row[0]): int(row[1]) for row in everybody}
    return Buyers(counts.get(False, 0), counts.get(True, 0))


async def count_funnel(
    session: AsyncSession, acting: Acting, begin: datetime, end: datetime, *, paid: int, lasts: bool
) -> Funnel:
    """From visit to cart to payment; `lasts`: the period goes on, so that visits are known. Two statements."""
    ordered = select(Order.user_id).where(Order.created_at >= begin, Order.created_at < end, *_of(acting, Order))
    cart = (
        select(Cart.user_id)
        .join(CartItem, CartItem.cart_id == Cart.id)
        .join(Product, Product.id == CartItem.product_id)
        .where(Cart.updated_at >= begin, Cart.updated_at < end, *_of(acting, Product))
    )
    people = union(ordered, cart).subquery()
    carts = await session.scalar(select(func.count()).select_from(people)) or 0
    visits = None
    if lasts:
        here = select(func.count()).where(User.seen_at >= begin, User.role == Role.CUSTOMER)
        visits = max(await session.scalar(here) or 0, carts)
    return Funnel(visits, max(carts, paid), paid)


def _paid(acting: Acting, begin: datetime, end: datetime) -> Select[int]:
    paid = select(Order.user_id).join(Payment, Payment.order_id == Order.id).where(Payment.amount > 0)
    return paid.where(Payment.payment_date >= begin, Payment.payment_date < end, *_of(acting, Order)).distinct()


def _of(acting: Acting, table: type[Order] | type[Product]) -> tuple[ColumnElement[bool], ...]:
    return () if acting.everything else (table.owner_id == acting.owner_id,)
