"""What a seller does with reviews of their goods: answered, hidden with a reason, shown again; its writer is told."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.models import Product, Review, User
from shop.forms.writing import clean, one_line
from shop.notifications.outbox import enqueue
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import CannotRead, NotFound
from shop.reviews.rating import COMMENT_LENGTH, count_stars

REASON_LENGTH = 255
LOOKED_AT = 300  # the newest reviews, among which those without an answer are counted
HIDDEN, SHOWN, ANSWERED = "review_hidden", "review_shown", "review_answered"


class Which(StrEnum):
    """Which reviews of a seller's goods are listed."""

    ALL = "a"
    UNANSWERED = "u"
    HIDDEN = "h"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"


class Received(Struct, frozen=True):
    """A review of a seller's goods (its `user` is loaded), and the name of the goods."""

    review: Review
    product: str


async def list_received(
    session: AsyncSession, by: By, which: Which = Which.ALL, *, before: int | None = None, limit: int
) -> Sequence[Received]:
    """Reviews of the seller's goods, the newest first, those before an id. One statement."""
    query = _received(ask(by, Permission.ORDERS)).order_by(Review.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Review.id < before)
    if which is Which.UNANSWERED:
        query = query.where(Review.owner_reply.is_(None), Review.hidden_at.is_(None))
    elif which is Which.HIDDEN:
        query = query.where(Review.hidden_at.is_not(None))
    elif which is not Which.ALL:
        query = query.where(Review.rating == int(which.value))
    return [Received(row[0], row[1]) for row in await session.execute(query)]


async def count_unanswered(session: AsyncSession, by: By, *, most: int = 100) -> int:
    """How many of the newest reviews of the seller's goods have no answer, among LOOKED_AT of them. One statement."""
    acting = ask(by, Permission.ORDERS)
    newest = select(Review.owner_reply, Review.hidden_at).order_by(Review.id.desc()).limit(LOOKED_AT)
    if not acting.everything:
        newest = newest.where(Review.owner_id == acting.owner_id)
    some = newest.subquery()
    unsaid = (some.c.owner_reply.is_(None), some.c.hidden_at.is_(None))
    return min(await session.scalar(select(func.count()).select_from(some).where(*unsaid)) or 0, most)


async def get_received(session: AsyncSession, by: By, review_id: int) -> Received:
    """One review of the seller's goods, hidden or not. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    row = (await session.execute(_received(acting).where(Review.id == review_id))).one_or_none()
    if row is None:
        raise NotFound(review_id=review_id)
    return Received(row[0], row[1])


async def find_own(session: AsyncSession, user: User, review_id: int) -> Received | None:
    """A review that this person wrote, hidden or not."""
    query = select(Review, Product.name).join(Product, Product.id == Review.product_id)
    row = (await session.execute(query.where(Review.id == review_id, Review.user_id == user.id))).one_or_none()
    return None if row is None else Received(row[0], row[1])


async def reply(session: AsyncSession, by: By, review_id: int, text: str | None, *, now: datetime) -> Review:
    """Let the seller answer a review of their product, or say it anew; empty takes the answer back.

    Its writer is told of the first answer. Raises NotFound.
    """
    acting = ask(by, Permission.ORDERS)
    review, owner_id = await _of_owner(session, acting, review_id)
    answer = clean(text or "")[:COMMENT_LENGTH] or None
    if answer == review.owner_reply:
        return review
    review.owner_reply = answer
    review.updated_at = now
    await session.flush()
    action = "review.answered" if answer else "review.answer_taken_back"
    _note(session, acting, review, owner_id, action, {}, now)
    if answer:
        await _tell(session, review, ANSWERED, f"review:{review.id}:answered", now=now)
    return review


async def hide(
    session: AsyncSession, by: By, review_id: int, *, hidden: bool = True, reason: str = "", now: datetime
) -> Review:
    """Hide a review of the seller's product with a reason, or show it again; hidden stars do not count.

    Its writer is told why. What an operator hid, only an operator shows again.
    Raises NotFound, CannotRead (no reason).
    """
    acting = ask(by, Permission.ORDERS)
    review, owner_id = await _of_owner(session, acting, review_id)
    if (review.hidden_at is not None) is hidden:
        return review
    why = one_line(reason)[:REASON_LENGTH]
    if hidden and not why:
        raise CannotRead(field="reason", given="", hint="empty")
    if not hidden and not may_show(review, acting):
        raise NotFound(review_id=review_id)
    review.hidden_at = now if hidden else None
    review.hidden_reason = why if hidden else None
    review.hidden_by = acting.actor if hidden else None
    await session.flush()
    sign = -1 if hidden else 1
    await count_stars(session, review.product_id, stars=sign * review.rating, reviews=sign, now=now)
    _note(session, acting, review, owner_id, "review.hidden" if hidden else "review.shown", {"reason": why}, now)
    await _tell(session, review, HIDDEN if hidden else SHOWN, f"review:{review.id}:{hidden}:{now.isoformat()}", now=now)
    return review


def may_show(review: Review, by: Acting) -> bool:
    """Whether this person may show a hidden review again."""
    return by.everything or not (review.hidden_by or "").startswith("operator:")


def _received(acting: Acting) -> Select[Review, str]:
    query = select(Review, Product.name).join(Product, Product.id == Review.product_id)
    if not acting.everything:
        query = query.where(Review.owner_id == acting.owner_id)
    return query.options(joinedload(Review.user)).execution_options(populate_existing=True)


async def _of_owner(session: AsyncSession, acting: Acting, review_id: int) -> tuple[Review, int]:
    """The review, held until the transaction ends, and whose goods it is about."""
    query = (
        select(Review, Product.owner_id).join(Product, Product.id == Review.product_id).where(Review.id == review_id)
    )
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    locked = query.with_for_update(of=Review).execution_options(populate_existing=True)
    found = (await session.execute(locked)).one_or_none()
    if found is None:
        raise NotFound(review_id=review_id)
    return found[0], found[1]


def _note(
    session: AsyncSession,
    acting: Acting,
    review: Review,
    owner_id: int,
    action: str,
    data: dict[str, object],
    now: datetime,
) -> None:
    about = {"review": review.id, **data}
    events.write(session, acting.actor, action, f"product:{review.product_id}", owner_id=owner_id, data=about, now=now)


async def _tell(session: AsyncSession, review: Review, kind: str, key: str, *, now: datetime) -> None:
    data = {"review_id": review.id}
    await enqueue(session, user_id=review.user_id, kind=kind, data=data, dedupe_key=key[:128], now=now)
