"""One product bought at once: it becomes an order of its own, and what the person's cart holds stays there."""

from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.models import Order, Product, ProductKind, Subscription, User
from db.models.subscription import FIRST
from shop import stock
from shop.carts import locking
from shop.carts.single import single_in
from shop.carts.view import SellerCart, in_groups
from shop.checkout.placing import CheckoutSummary, Terms, Written, summary_of, write_group
from shop.checkout.sending import choose_shipping
from shop.credit.refusals import CreditChanged
from shop.people import addresses
from shop.promotions import Saving
from shop.refusals import AmountMismatch, NotFound
from shop.subscriptions.reading import LASTS
from shop.subscriptions.refusals import SubscribedAlready

_MONTHLY = select(Product.monthly).where(Product.id == bindparam("product"))
_HELD = select(Subscription.id).where(
    Subscription.user_id == bindparam("person"), Subscription.product_id == bindparam("product"), LASTS
)


class Wanted(NamedTuple):
    """So many units of a product; `stamp` is made when they are asked for, and two orders never share one."""

    product_id: int
    quantity: int
    stamp: int


class Place(NamedTuple):
    """Where it goes and by which way of sending (None in a shop without any)."""

    address: dict[str, Any]
    option_id: str | None


async def summarise_now(session: AsyncSession, user: User, wanted: Wanted, *, now: datetime) -> CheckoutSummary:
    """What an order of this alone would be. Raises NotFound, NotForSale, OutOfStock."""
    group, monthly = await session.run_sync(lambda sync: _group(sync, user.id, wanted, now))
    return replace(summary_of(group), monthly=monthly)


async def place_now(
    session: AsyncSession, user: User, wanted: Wanted, *, total: int, place: Place | None, terms: Terms
) -> Order:
    """Place the order, or return it when it was placed before: a second tap has the same stamp.

    `total` is what was shown, in minor units: with the sending, where `place` says where it goes.
    Raises AmountMismatch (it is another now), NotFound, NotForSale, OutOfStock, TooMany, TooManyUnpaid, NotServed,
    NotDeliverable, PromotionOver, ShopClosed, CreditChanged.
    """
    key = f"now.{user.id}.{wanted.stamp}.{wanted.product_id}"
    await locking.lock(session, user.id, terms.now)
    before = await session.scalar(select(Order).where(Order.checkout_key == key, Order.user_id == user.id))
    if before is not None:
        return before

    def write(sync: Session) -> Written:
        group, monthly = _group(sync, user.id, wanted, terms.now)
        now = terms._replace(month=FIRST, present=None) if monthly else terms
        return write_group(sync.connection(), user.id, group, key, shown=group.saving.mark, terms=now)

    order, units, runs_low = await session.run_sync(write)
    session.add(order)
    if place is not None:
        await choose_shipping(
            session, order, option_id=place.option_id, address=place.address, policy=terms.policy, now=terms.now
        )
        keep = addresses.use_again if order.present is not None else addresses.remember
        await keep(session, user.id, place.address, option_id=place.option_id, now=terms.now)
    if order.total_price != total:
        raise AmountMismatch(order_id=order.id)
    if terms.credit and order.credit != terms.credit:
        raise CreditChanged(order_id=order.id)
    await stock.note_hold(session, units, runs_low=runs_low, now=terms.now)
    return order


def _group(sync: Session, user_id: int, wanted: Wanted, now: datetime) -> tuple[SellerCart, bool]:
    """What would become the order, and whether it is charged every month.

    Of that there is one, without a discount: Telegram charges the same sum every month. Raises SubscribedAlready.
    """
    rows = single_in(sync.connection(), user_id, wanted.product_id, max(wanted.quantity, 1), now)
    if not rows.lines:
        raise NotFound(product_id=wanted.product_id)
    group = in_groups(rows).sellers[0]
    if group.kind is not ProductKind.DIGITAL or not sync.scalar(_MONTHLY, {"product": wanted.product_id}):
        return group, False
    if sync.scalar(_HELD, {"product": wanted.product_id, "person": user_id}) is not None:
        raise SubscribedAlready(product_id=wanted.product_id)
    one = replace(group.lines[0], quantity=1)
    return replace(group, lines=(one,), saving=Saving(), code=None), True
