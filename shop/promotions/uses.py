"""Which orders used a promotion or one of its codes: when, and how much they saved."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PromoCode, Promotion, Redemption
from shop.people.permissions import By, Permission, ask
from shop.promotions.codes import fold
from shop.promotions.keeping import mine
from shop.refusals import NotFound


class Use(Struct, frozen=True):
    """An order that used it; `saved` is off the goods, both in minor units of `currency`. Who ordered is not told here.

    `given_back`: the order ended, and the use counts no more.
    """

    id: int
    order_id: int
    at: datetime
    code: str | None
    saved: int
    total: int
    currency: str
    given_back: bool


async def list_uses(
    session: AsyncSession,
    by: By,
    promotion_id: int,
    *,
    code_id: int | None = None,
    before: int | None = None,
    limit: int,
) -> list[Use]:
    """The newest first, those before a use's id; of one of its codes alone with `code_id`. Two statements.

    Raises NotFound, NotPermitted.
    """
    await mine(session, ask(by, Permission.PROMOTION), promotion_id)
    query = (
        select(
            Redemption.id,
            Redemption.order_id,
            Redemption.created_at,
            PromoCode.code,
            Redemption.amount,
            Order.total_price,
            Order.currency,
            Redemption.released_at,
        )
        .join(Order, Order.id == Redemption.order_id)
        .outerjoin(PromoCode, PromoCode.id == Redemption.code_id)
        .where(Redemption.promotion_id == promotion_id)
        .order_by(Redemption.id.desc())
        .limit(limit)
    )
    if code_id is not None:
        query = query.where(Redemption.code_id == code_id)
    if before is not None:
        query = query.where(Redemption.id < before)
    return [Use(*row[:7], row[7] is not None) for row in await session.execute(query)]


async def find_code(session: AsyncSession, by: By, text: str) -> tuple[int, int | None]:
    """The seller's promotion with this code as it was typed, and the code's id if it counts once. Raises NotFound."""
    acting = ask(by, Permission.PROMOTION)
    query = (
        select(PromoCode.promotion_id, PromoCode.id, PromoCode.most)
        .join(Promotion, Promotion.id == PromoCode.promotion_id)
        .where(PromoCode.code == (fold(text) or ""), Promotion.owner_id == acting.owner_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return row.promotion_id, None if row.most is None else row.id
