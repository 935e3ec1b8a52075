"""What a seller does with promotions: makes them, looks at them, stops and starts them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Permission, PromoCode, Promotion, PromotionGoods, PromotionKind, Redemption
from db.writes import changed, insert_once
from shop.people import events
from shop.people.permissions import Acting, By, ask
from shop.refusals import CannotRead, CodeTaken, NotFound

MOST_GOODS = 20  # categories and products that one promotion is for
MOST_PERCENT = 99  # an order for nothing cannot be paid
_COUNTED = frozenset({"buy_units", "free_units", "total_limit", "per_person"})  # from 1 on


class PromotionDraft(Struct, frozen=True):
    """A promotion to be made; money in minor units of `currency`.

    `code` is folded; without one it is automatic, or gets codes that count once. Not `running`, it is a draft.
    """

    name: str
    kind: PromotionKind
    currency: str
    value: int = 0
    buy_units: int = 0
    free_units: int = 0
    code: str | None = None
    automatic: bool = False
    min_amount: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    total_limit: int | None = None
    per_person: int | None = None
    first_order: bool = False
    categories: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    running: bool = True


class Standing(Struct, frozen=True):
    """A promotion, its code, how many one-time codes it has, and what it brought: minor units of its currency."""

    promotion: Promotion
    code: str | None
    one_time: int
    saved: int
    revenue: int
    goods: int


async def create(session: AsyncSession, by: By, draft: PromotionDraft, *, now: datetime) -> Promotion:
    """Make a promotion in one's own shop. Raises CannotRead, CodeTaken, NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    fields = {
        name: getattr(draft, name)
        for name in draft.__struct_fields__
        if name not in {"code", "categories", "products", "running"}
    }
    fields |= {"started_at": now} if draft.running else {"stopped_at": now}
    promotion = Promotion(owner_id=acting.owner_id, used=0, created_at=now, **fields)
    check(promotion, {name: fields[name] for name in ("total_limit", "per_person")})
    session.add(promotion)
    await session.flush()
    if draft.code is not None and not await insert_once(
        session, PromoCode, promotion_id=promotion.id, code=draft.code, most=None, used=0, created_at=now
    ):
        raise CodeTaken(code=draft.code)
    session.add_all(PromotionGoods(promotion_id=promotion.id, category_id=each) for each in draft.categories)
    session.add_all(PromotionGoods(promotion_id=promotion.id, product_id=each) for each in draft.products)
    note(session, acting, "promotion.made", promotion, {"name": [None, draft.name], "code": [None, draft.code]}, now)
    await session.flush()
    return promotion


async def list_promotions(session: AsyncSession, by: By, *, before: int | None = None, limit: int) -> list[Promotion]:
    """One's own promotions, the newest first, those before an id."""
    acting = ask(by, Permission.PROMOTION)
    query = select(Promotion).where(Promotion.owner_id == acting.owner_id).order_by(Promotion.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Promotion.id < before)
    return list(await session.scalars(query))


async def look(session: AsyncSession, by: By, promotion_id: int) -> Standing:
    """One of one's own promotions with its figures. Raises NotFound, NotPermitted."""
    promotion = await mine(session, ask(by, Permission.PROMOTION), promotion_id)
    codes = PromoCode.promotion_id == promotion_id
    code = await session.scalar(select(PromoCode.code).where(codes, PromoCode.most.is_(None)).limit(1))
    one_time = await session.scalar(select(func.count()).where(codes, PromoCode.most.is_not(None)))
    sums = (
        select(func.coalesce(func.sum(Redemption.amount), 0), func.coalesce(func.sum(Order.total_price), 0))
        .join(Order, Order.id == Redemption.order_id)
        .where(Redemption.promotion_id == promotion_id, Redemption.released_at.is_(None))
        .where(Order.currency == promotion.currency)
    )
    saved, revenue = (await session.execute(sums)).one()
    goods = await session.scalar(select(func.count()).where(PromotionGoods.promotion_id == promotion_id))
    return Standing(promotion, code, one_time or 0, int(saved), int(revenue), goods or 0)


async def set_running(session: AsyncSession, by: By, promotion_id: int, *, running: bool, now: datetime) -> None:
    """Let a promotion run, or run no more; said twice, it is done once. Raises NotFound, NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id)
    other = Promotion.stopped_at.is_not(None) if running else Promotion.stopped_at.is_(None)
    statement = update(Promotion).where(Promotion.id == promotion_id, other)
    values: dict[str, object] = {"stopped_at": None if running else now}
    if running:
        values["started_at"] = func.coalesce(Promotion.started_at, now)
    if await changed(session, statement.values(values)):
        note(session, acting, "promotion.set", promotion, {"running": [not running, running]}, now)
        await session.refresh(promotion)


async def mine(session: AsyncSession, acting: Acting, promotion_id: int, *, lock: bool = False) -> Promotion:
    """One of the promotions of this seller; `lock`: nobody else changes or uses it meanwhile. Raises NotFound."""
    query = select(Promotion).where(Promotion.id == promotion_id, Promotion.owner_id == acting.owner_id)
    promotion = await session.scalar(query.with_for_update() if lock else query)
    if promotion is None:
        raise NotFound(promotion_id=promotion_id)
    return promotion


def note(
    session: AsyncSession, acting: Acting, action: str, about: Promotion, data: Mapping[str, object], now: datetime
) -> None:
    """Write down what was done with a promotion."""
    named = {"promotion": about.name, "currency": about.currency, **data}
    events.write(session, acting.actor, action, f"promotion:{about.id}", owner_id=about.owner_id, data=named, now=now)


def check(promotion: Promotion, fields: Mapping[str, Any]) -> None:
    """Whether a promotion may have these values; those that are not named are its own. Raises CannotRead."""
    value = fields.get("value", promotion.value)
    if promotion.kind is PromotionKind.PERCENT and not 1 <= value <= MOST_PERCENT:
        raise _unread(value, "promo_percent")
    if promotion.kind is PromotionKind.FIXED and value < 1:
        raise _unread(value, "price_zero")
    if promotion.kind is PromotionKind.BUY_X_GET_Y:
        for name in ("buy_units", "free_units"):
            if fields.get(name, getattr(promotion, name)) < 1:
                raise _unread(fields.get(name), "promo_units")
    for name in _COUNTED & set(fields):
        if fields[name] is not None and promotion.kind is not PromotionKind.BUY_X_GET_Y and fields[name] < 1:
            raise _unread(fields[name], "promo_times")
    limit = fields.get("total_limit")
    if limit is not None and limit < promotion.used:
        raise CannotRead(field="promotion", given=str(limit), hint="promo_used", limit=promotion.used)
    starts = fields.get("starts_at", promotion.starts_at)
    ends = fields.get("ends_at", promotion.ends_at)
    if starts is not None and ends is not None and starts >= ends:
        raise CannotRead(field="promotion", given="", hint="promo_dates")


def _unread(given: object, hint: str) -> CannotRead:
    return CannotRead(field="promotion", given=str(given), hint=hint)
