"""Codes that count once: made by the hundred or the thousand, and written out with what became of each."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import PromoCode
from shop.people.permissions import By, Permission, ask
from shop.promotions.codes import new_code
from shop.promotions.keeping import mine, note
from shop.refusals import TooManyCodesMade

MOST_CODES = 10_000  # made at once
MOST_ONE_TIME = 20_000  # of one promotion
AT_ONCE = 500  # rows of one statement


class MadeCode(Struct, frozen=True):
    """A code that counts once."""

    code: str
    used: bool
    made_at: datetime


async def generate(session: AsyncSession, by: By, promotion_id: int, count: int, *, now: datetime) -> list[str]:
    """Make so many codes, each good for one order. Raises NotFound, NotPermitted, TooManyCodesMade."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    there = await session.scalar(select(func.count()).where(PromoCode.promotion_id == promotion_id)) or 0
    if not 0 < count <= MOST_CODES or there + count > MOST_ONE_TIME:
        raise TooManyCodesMade(limit=min(MOST_CODES, max(MOST_ONE_TIME - there, 0)))
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
    made = sorted(codes)
    for start in range(0, count, AT_ONCE):
        rows = [
            {"promotion_id": promotion_id, "code": code, "most": 1, "used": 0, "created_at": now}
            for code in made[start : start + AT_ONCE]
        ]
        await session.execute(insert(PromoCode), rows)
    note(session, acting, "promotion.codes_made", promotion, {"codes": [there, there + count]}, now)
    await session.flush()
    return made


async def made_codes(session: AsyncSession, by: By, promotion_id: int) -> list[MadeCode]:
    """Its codes that count once, at most MOST_ONE_TIME, in the order they were made. Raises NotFound, NotPermitted."""
    await mine(session, ask(by, Permission.PROMOTION), promotion_id)
    query = (
        select(PromoCode.code, PromoCode.used, PromoCode.created_at)
        .where(PromoCode.promotion_id == promotion_id, PromoCode.most.is_not(None))
        .order_by(PromoCode.id)
        .limit(MOST_ONE_TIME)
    )
    return [MadeCode(row.code, bool(row.used), row.created_at) for row in await session.execute(query)]
