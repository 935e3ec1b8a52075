"""Using promotions: counted by one conditional UPDATE each, written once an order, given back when the order ends.

Within the transaction that places an order the person's cart is locked, so that what one person used is counted by
their checkouts one after another. The rows of promotions are locked in the order of their ids, before those of stock.
"""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, PromoCode, Promotion, Redemption
from db.types import UTCDateTime
from db.writes import changed
from shop.promotions.rule import Saving, Used
from shop.refusals import PromotionOver

_NOW = bindparam("now", type_=UTCDateTime)
_USE = (
    update(Promotion)
    .where(
        Promotion.id == bindparam("promotion"),
        Promotion.stopped_at.is_(None),
        or_(Promotion.ends_at.is_(None), Promotion.ends_at > _NOW),
        or_(Promotion.total_limit.is_(None), Promotion.used < Promotion.total_limit),
    )
    .values(used=Promotion.used + 1)
)
_USE_CODE = (
    update(PromoCode)
    .where(PromoCode.id == bindparam("which"), or_(PromoCode.most.is_(None), PromoCode.used < PromoCode.most))
    .values(used=PromoCode.used + 1)
)
_OF_ORDER = (
    select(Redemption.id, Redemption.promotion_id, Redemption.code_id)
    .where(Redemption.order_id == bindparam("order"))
    .order_by(Redemption.promotion_id)
)
_STANDS = _OF_ORDER.where(Redemption.released_at.is_(None))
_RELEASED = _OF_ORDER.where(Redemption.released_at.is_not(None))
_RELEASE = (
    update(Redemption)
    .where(Redemption.id == bindparam("redemption"), Redemption.released_at.is_(None))
    .values(released_at=_NOW)
)
_LESS = update(Promotion).where(Promotion.id == bindparam("promotion")).values(used=Promotion.used - 1)
_LESS_OF_CODE = update(PromoCode).where(PromoCode.id == bindparam("which")).values(used=PromoCode.used - 1)
_STAND_AGAIN = (
    update(Redemption)
    .where(Redemption.id == bindparam("redemption"), Redemption.released_at.is_not(None))
    .values(released_at=None)
)


def use_now(connection: Connection, order_id: int, user_id: int, saving: Saving, *, now: datetime) -> None:
    """Count what this order uses and write it down; the code leaves the cart. Raises PromotionOver."""
    for used in sorted(saving.used, key=lambda used: used.promotion_id):
        _count(connection, used, now)
        connection.execute(
            insert(Redemption),
            {
                "order_id": order_id,
                "promotion_id": used.promotion_id,
                "code_id": used.code_id,
                "user_id": user_id,
                "amount": used.amount,
                "created_at": now,
                "released_at": None,
            },
        )
        if used.code_id is not None:
            connection.execute(
                update(Cart).where(and_(Cart.user_id == user_id, Cart.code_id == used.code_id)).values(code_id=None)
            )


def _count(connection: Connection, used: Used, now: datetime) -> None:
    if connection.execute(_USE, {"promotion": used.promotion_id, "now": now}).rowcount != 1:
        raise PromotionOver(code=used.code or used.name)
    if used.code_id is not None and connection.execute(_USE_CODE, {"which": used.code_id}).rowcount != 1:
        raise PromotionOver(code=used.code or used.name)


async def give_back(session: AsyncSession, order_id: int, *, now: datetime) -> None:
    """An order ended: what it used may be used again. Done twice, it gives back once."""
    for redemption, promotion, code in (await session.execute(_STANDS, {"order": order_id})).all():
        if await changed(session, _RELEASE, {"redemption": redemption, "now": now}) != 1:
            continue
        await changed(session, _LESS, {"promotion": promotion})
        if code is not None:
            await changed(session, _LESS_OF_CODE, {"which": code})


async def use_again(session: AsyncSession, order_id: int) -> None:
    """An order that had ended goes on after all, at the price that it had. Raises PromotionOver."""
    for redemption, promotion, code in (await session.execute(_RELEASED, {"order": order_id})).all():
        if await changed(session, _STAND_AGAIN, {"redemption": redemption}) != 1:
            continue
        if await changed(session, _AGAIN, {"promotion": promotion}) != 1:
            raise PromotionOver(code="")
        if code is not None and await changed(session, _USE_CODE, {"which": code}) != 1:
            raise PromotionOver(code="")


# Its time may have ended meanwhile, and it may have been stopped: the order was placed before. Its limit holds.
_AGAIN = (
    update(Promotion)
    .where(
        Promotion.id == bindparam("promotion"),
        or_(Promotion.total_limit.is_(None), Promotion.used < Promotion.total_limit),
    )
    .values(used=Promotion.used + 1)
)
