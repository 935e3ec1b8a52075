"""A customer's code: put into their cart, where it stays until an order uses it; guesses have an end."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, PromoCode, Promotion, User
from db.types import UTCDateTime
from db.writes import changed, insert_once
from shop.promotions.codes import fold
from shop.promotions.reading import candidates_in
from shop.promotions.rule import Candidate, why_over
from shop.refusals import CodeRefused, TooManyCodes

MOST_WRONG = 10  # codes that there are not, within PERIOD
PERIOD = timedelta(hours=1)
SHOWN = 32

_NOW, _SINCE = bindparam("now", type_=UTCDateTime), bindparam("since", type_=UTCDateTime)
_LONG_AGO = or_(Cart.wrong_since.is_(None), Cart.wrong_since < _SINCE)
_GUESS = (
    update(Cart)
    .where(Cart.user_id == bindparam("person"), or_(_LONG_AGO, Cart.wrong_codes < MOST_WRONG))
    .values(
        # MySQL sets one column after the other and reads what it set: the counter first
        wrong_codes=case((_LONG_AGO, 1), else_=Cart.wrong_codes + 1),
    )
)
_GUESSED_AT = update(Cart).where(Cart.user_id == bindparam("person"), _LONG_AGO).values(wrong_since=_NOW)
_RIGHT = (
    update(Cart)
    .where(Cart.user_id == bindparam("person"))
    .values(code_id=bindparam("code"), version=Cart.version + 1, wrong_codes=Cart.wrong_codes - 1, updated_at=_NOW)
)
_NO_GUESS = (
    update(Cart)
    .where(Cart.user_id == bindparam("person"), Cart.wrong_codes > 0)
    .values(wrong_codes=Cart.wrong_codes - 1)
)
_REMOVE = (
    update(Cart)
    .where(Cart.user_id == bindparam("person"), Cart.code_id.is_not(None))
    .values(code_id=None, version=Cart.version + 1, updated_at=_NOW)
)
_FIND = (
    select(PromoCode.id, Promotion.owner_id)
    .join(Promotion, Promotion.id == PromoCode.promotion_id)
    .where(PromoCode.code == bindparam("code"))
)


async def apply_code(session: AsyncSession, user: User, text: str, *, now: datetime) -> Candidate | CodeRefused:
    """Put a code into the person's cart, instead of one that was there; the promotion behind it.

    What is wrong with the code is returned, not raised: the guess has to be counted, which a rollback would undo.
    Raises TooManyCodes.
    """
    await count_guess(session, user.id, now=now)
    code = fold(text)
    found = None if code is None else (await session.execute(_FIND, {"code": code})).one_or_none()
    if found is None:
        return CodeRefused(code=text.strip()[:SHOWN], why="unknown")
    connection = await session.connection()
    candidate = await connection.run_sync(lambda sync: candidates_in(sync, user.id, (), found.id, now)[0])
    if (why := why_over(candidate, now)) is not None:
        return CodeRefused(code=candidate.code, why=why)
    await changed(session, _RIGHT, {"person": user.id, "code": found.id, "now": now})
    return candidate


async def count_guess(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """One more code was typed, of promotions and gift cards together; a right one takes it off. Raises TooManyCodes."""
    await insert_once(session, Cart, user_id=person_id, version=0, updated_at=now)
    since = {"person": person_id, "since": now - PERIOD}
    if await changed(session, _GUESS, since) != 1:
        raise TooManyCodes(minutes=int(PERIOD.total_seconds() // 60))
    await changed(session, _GUESSED_AT, {**since, "now": now})


async def guessed_right(session: AsyncSession, person_id: int) -> None:
    """What was typed last was no guess."""
    await changed(session, _NO_GUESS, {"person": person_id})


async def remove_code(session: AsyncSession, user: User, *, now: datetime) -> None:
    """Take the code out of the cart."""
    await changed(session, _REMOVE, {"person": user.id, "now": now})
