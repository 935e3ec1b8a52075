"""One product bought at once: it becomes an order of its own, and what the person's cart holds stays there."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.models import Cart, Order, User
from db.writes import changed, insert_once
from shop import stock
from shop.carts.single import single_in
from shop.carts.view import SellerCart, in_groups
from shop.checkout.placing import (
    CheckoutSummary,
    Terms,
    Written,
    choose_shipping,
    summary_of,
    write_group,
)
from shop.people import addresses
from shop.refusals import AmountMismatch, NotFound


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
    group = await session.run_sync(lambda sync: _group(sync, user.id, wanted, now))
    return summary_of(group)


async def place_now(
    session: AsyncSession, user: User, wanted: Wanted, *, total: int, place: Place | None, terms: Terms
) -> Order:
    """Place the order, or return it when it was placed before: a second tap has the same stamp.

    `total` is what was shown, in minor units: with the sending, where `place` says where it goes.
    Raises AmountMismatch (it is another now), NotFound, NotForSale, OutOfStock, TooMany, TooManyUnpaid, NotServed,
    NotDeliverable, PromotionOver, ShopClosed.
    """
    key = f"now.{user.id}.{wanted.stamp}.{wanted.product_id}"
    await _lock_cart(session, user.id, terms.now)
    before = await session.scalar(select(Order).where(Order.checkout_key == key, Order.user_id == user.id))
    if before is not None:
        return before

    def write(sync: Session) -> Written:
        group = _group(sync, user.id, wanted, terms.now)
        return write_group(sync.connection(), user.id, group, key, shown=group.saving.mark, terms=terms)

    order, units, runs_low = await session.run_sync(write)
    session.add(order)
    if place is not None:
        await choose_shipping(
            session, order, option_id=place.option_id, address=place.address, policy=terms.policy, now=terms.now
        )
        await addresses.remember(session, user.id, place.address, option_id=place.option_id, now=terms.now)
    if order.total_price != total:
        raise AmountMismatch(order_id=order.id)
    await stock.note_hold(session, units, runs_low=runs_low, now=terms.now)
    return order


def _group(sync: Session, user_id: int, wanted: Wanted, now: datetime) -> SellerCart:
    rows = single_in(sync.connection(), user_id, wanted.product_id, max(wanted.quantity, 1), now)
    if not rows.lines:
        raise NotFound(product_id=wanted.product_id)
    return in_groups(rows).sellers[0]


async def _lock_cart(session: AsyncSession, user_id: int, now: datetime) -> None:
    """A person's checkouts wait for each other at their cart; its version stays, for a summary of it that is open."""
    locks = update(Cart).where(Cart.user_id == user_id).values(version=Cart.version)
    if not await changed(session, locks):
        await insert_once(session, Cart, user_id=user_id, version=0, updated_at=now)
        await changed(session, locks)
