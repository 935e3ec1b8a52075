"""Reviews: stars and words from people who bought the product; kept at the parent when it has variants."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.changes import changes_of
from db.models import Order, OrderItem, OrderStatus, Product, Review, User
from db.ordering import along
from db.texts import name_in
from db.writes import changed, insert_once
from shop.notifications.outbox import enqueue
from shop.people.bans import must_be_served
from shop.refusals import CannotRead, NotBought, NotFound, OwnGoods
from shop.reviews.photos import Shot, add_photo, keep, read

COMMENT_LENGTH = 1000
TIME_TO_WRITE = timedelta(minutes=10)  # before the seller is told, so that the words come with the stars
LOWEST, HIGHEST = 1, 5
reviewed_at_parent = func.coalesce(Product.parent_id, Product.id)  # where the review of a product is kept


class Reviewable(Struct, frozen=True):
    """A product of a completed order, and what the buyer has said about it so far."""

    product_id: int
    name: str
    rating: int | None
    comment: str | None
    photos: int = 0
    texts: str | None = None  # its name in other languages: db/texts.py

    def name_in(self, language: str) -> str:
        """What it is called for readers of this language."""
        return name_in(language, self.name, self.texts)


async def rate(session: AsyncSession, user: User, product_id: int, rating: int, *, now: datetime) -> Review:
    """Give one to five stars, or other stars than before.

    Raises CannotRead (no such number of stars), NotFound, OwnGoods, NotServed, NotBought (no completed order of
    theirs has it).
    """
    if not LOWEST <= rating <= HIGHEST:
        raise CannotRead(field="rating", given=rating, hint="one_to_five")
    reviewed_id = await _reviewed(session, product_id)
    await _may_review(session, user, reviewed_id)
    order_id = await _bought_in(session, user, reviewed_id)
    new = await insert_once(
        session,
        Review,
        product_id=reviewed_id,
        user_id=user.id,
        order_id=order_id,
        owner_id=await session.scalar(select(Product.owner_id).where(Product.id == reviewed_id)),
        rating=rating,
        created_at=now,
        updated_at=now,
    )
    if new:
        await count_stars(session, reviewed_id, stars=rating, reviews=1, now=now)
        await _tell_seller(session, reviewed_id, user, now=now)
        return await _mine(session, user, reviewed_id)
    review = await _mine(session, user, reviewed_id)
    before = review.rating
    review.rating = rating
    review.updated_at = now
    await session.flush()
    if review.hidden_at is None and before != rating:
        await count_stars(session, reviewed_id, stars=rating - before, reviews=0, now=now)
    return review


async def comment(
    session: AsyncSession,
    user: User,
    product_id: int,
    text: str,
    *,
    photo: Shot | None = None,
    now: datetime,
) -> Review:
    """Say or show something to the stars given before; a `photo` is added, and leaves the words as they are.

    Raises NotFound (no stars yet), CannotRead (neither words nor a photo), TooMany (photos), OwnGoods, NotServed.
    """
    words = text.strip()[:COMMENT_LENGTH]
    if not words and photo is None:
        raise CannotRead(field="text", given=text, hint="empty")
    reviewed_id = await _reviewed(session, product_id)
    await _may_review(session, user, reviewed_id)
    review = await _mine(session, user, reviewed_id)
    review.comment = words or review.comment
    if photo is not None:
        add_photo(review, photo)
    review.updated_at = now
    await session.flush()
    return review


async def take_back(session: AsyncSession, user: User, product_id: int, *, now: datetime) -> Review:
    """Let the stars stand alone, without words or photos. Raises NotFound (no stars)."""
    review = await drop_photos(session, user, product_id, now=now)
    review.comment = None
    await session.flush()
    return review


async def drop_photos(session: AsyncSession, user: User, product_id: int, *, now: datetime) -> Review:
    """Let the words stand without photos. Raises NotFound (no stars)."""
    review = await _mine(session, user, await _reviewed(session, product_id))
    keep(review, ())
    review.updated_at = now
    await session.flush()
    return review


async def find_mine(session: AsyncSession, user: User, product_id: int) -> Review | None:
    """What the person has said about the product."""
    kept_at = select(reviewed_at_parent).where(Product.id == product_id).scalar_subquery()
    return await session.scalar(select(Review).where(Review.product_id == kept_at, Review.user_id == user.id))


async def list_reviews(
    session: AsyncSession,
    product_id: int,
    *,
    after_id: int | None = None,
    stars: int | None = None,
    photos: bool = False,
    limit: int = 5,
) -> Sequence[Review]:
    """What people said about a product, newest first, older than `after_id`; each `user` is loaded. One statement.

    `stars` leaves those with so many, `photos` those with a photo.
    """
    kept_at = select(reviewed_at_parent).where(Product.id == product_id).scalar_subquery()
    query = select(Review).where(Review.product_id == kept_at, Review.hidden_at.is_(None))
    if after_id is not None:
        query = query.where(Review.id < after_id)
    if stars is not None:
        query = query.where(Review.rating == stars)
    if photos:
        query = query.where(Review.photo_file_id.is_not(None))
    newest = query.order_by(*along(session, [Review.hidden_at], [Review.id], backwards=True))
    return (await session.scalars(newest.options(joinedload(Review.user)).limit(limit))).all()


async def get_shown(session: AsyncSession, review_id: int) -> Review:
    """A review that everybody may read; its `user` is loaded. Raises NotFound."""
    query = select(Review).where(Review.id == review_id, Review.hidden_at.is_(None)).options(joinedload(Review.user))
    review = await session.scalar(query)
    if review is None:
        raise NotFound
    return review


async def reviewable(session: AsyncSession, user: User, order_id: int) -> Sequence[Reviewable]:
    """The products of the person's own completed order. One statement. Raises NotFound."""
    query = (
        select(
            reviewed_at_parent,
            func.min(OrderItem.name),
            func.max(Review.rating),
            func.max(Review.comment),
            func.max(Review.photo_file_id),
            func.max(Review.photo_bot_id),
            func.max(Review.more_photos),
            func.min(OrderItem.texts),
        )
        .select_from(Order)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .join(Product, Product.id == OrderItem.product_id)
        .outerjoin(Review, and_(Review.product_id == reviewed_at_parent, Review.user_id == Order.user_id))
        .where(Order.id == order_id, Order.user_id == user.id, Order.status == OrderStatus.COMPLETED)
        .group_by(reviewed_at_parent)
        .order_by(func.min(OrderItem.id))
    )
    found = [Reviewable(*row[:4], len(read(*row[4:7])), row[7]) for row in (await session.execute(query))]
    if not found:
        raise NotFound(order_id=order_id)
    return found


async def _reviewed(session: AsyncSession, product_id: int) -> int:
    kept_at = await session.scalar(select(reviewed_at_parent).where(Product.id == product_id))
    if kept_at is None:
        raise NotFound(product_id=product_id)
    return kept_at


async def _may_review(session: AsyncSession, user: User, reviewed_id: int) -> None:
    owner_id = (await session.scalars(select(Product.owner_id).where(Product.id == reviewed_id))).one()
    if owner_id == user.id:
        raise OwnGoods(product_id=reviewed_id)
    await must_be_served(session, user.id, owner_id)


async def _bought_in(session: AsyncSession, user: User, reviewed_id: int) -> int:
    query = (
        select(func.max(Order.id))
        .join(OrderItem, OrderItem.order_id == Order.id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(Order.user_id == user.id, Order.status == OrderStatus.COMPLETED, reviewed_at_parent == reviewed_id)
        .where(Order.owner_id != user.id)  # what somebody sold to themselves, whoever sells it now
    )
    order_id = await session.scalar(query)
    if order_id is None:
        raise NotBought(product_id=reviewed_id)
    return order_id


async def _tell_seller(session: AsyncSession, reviewed_id: int, user: User, *, now: datetime) -> None:
    owner_id = (await session.scalars(select(Product.owner_id).where(Product.id == reviewed_id))).one()
    review = await _mine(session, user, reviewed_id)
    await enqueue(
        session,
        user_id=owner_id,
        kind="new_review",
        data={"review_id": review.id, "product_id": reviewed_id},
        dedupe_key=f"review:{review.id}:new",
        run_at=now + TIME_TO_WRITE,
        now=now,
    )


async def _mine(session: AsyncSession, user: User, reviewed_id: int) -> Review:
    """The person's review, held until the transaction ends, so that the stars it had are counted off once."""
    query = select(Review).where(Review.product_id == reviewed_id, Review.user_id == user.id).with_for_update()
    review = await session.scalar(query.execution_options(populate_existing=True))
    if review is None:
        raise NotFound(product_id=reviewed_id)
    return review


async def count_stars(session: AsyncSession, product_id: int, *, stars: int, reviews: int, now: datetime) -> None:
    """Move the rating of a product by so many stars and reviews, in the transaction that moves these."""
    values = {
        "rating_sum": Product.rating_sum + stars,
        "rating_count": Product.rating_count + reviews,
        "updated_at": now,
    }
    await changed(session, update(Product).where(Product.id == product_id).values(values))
    changes_of(session).products.add(product_id)
