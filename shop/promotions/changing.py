"""What a seller changes of a promotion: one field at a time, at any time; a draft that never ran can be thrown away."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import PromoCode, Promotion, PromotionGoods, PromotionKind
from db.writes import changed
from shop.people.permissions import By, Permission, ask
from shop.promotions.keeping import check, mine, note
from shop.refusals import NotFound

FIELDS = frozenset(
    {"name", "value", "buy_units", "free_units", "min_amount", "total_limit", "per_person", "first_order"}
    | {"starts_at", "ends_at"}
)


async def change(session: AsyncSession, by: By, promotion_id: int, *, now: datetime, **fields: Any) -> Promotion:
    """Give some of FIELDS another value (amounts in minor units of its currency, times aware UTC).

    Orders that were placed keep what they had; a checkout that was shown something else is asked again.
    Raises CannotRead (a percentage from 1 to 99, an amount from 1 on, a limit below what is used, an end that is not
    after its beginning), NotFound, NotPermitted.
    """
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    if unknown := set(fields) - FIELDS:
        message = f"no fields of a promotion that are changed: {sorted(unknown)}"
        raise ValueError(message)
    before = {name: getattr(promotion, name) for name in fields}
    check(promotion, before | fields)
    pairs = {
        _called(promotion, name): [_kept(before[name]), _kept(value)]
        for name, value in fields.items()
        if before[name] != value
    }
    if not pairs:
        return promotion
    for name, value in fields.items():
        setattr(promotion, name, value)
    note(session, acting, "promotion.changed", promotion, pairs, now)
    await session.flush()
    return promotion


async def discard(session: AsyncSession, by: By, promotion_id: int, *, now: datetime) -> None:
    """Throw away a draft that never ran, with its codes. Raises NotFound (also when it ran once), NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    if not never_ran(promotion):
        raise NotFound(promotion_id=promotion_id)
    for table in (PromotionGoods, PromoCode):
        await changed(session, delete(table).where(table.promotion_id == promotion_id))
    note(session, acting, "promotion.discarded", promotion, {}, now)
    await session.flush()
    await changed(session, delete(Promotion).where(Promotion.id == promotion_id))


def never_ran(promotion: Promotion) -> bool:
    """Whether it is a draft: made stopped, and never started, so that no cart has its code and no order used it."""
    return promotion.started_at is None


def _called(promotion: Promotion, name: str) -> str:
    """A field as the log knows it: an amount is money there, a percentage a number."""
    return "price" if name == "value" and promotion.kind is PromotionKind.FIXED else name


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
