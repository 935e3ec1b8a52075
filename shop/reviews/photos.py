"""The photos of a review: one by one or as an album, few enough for a look, and gone together."""

from msgspec import Struct

from db.models import Review
from shop.refusals import TooMany

MOST_PHOTOS = 5


class Shot(Struct, frozen=True):
    """A photo as a bot got it: its file_id is good for that bot alone."""

    file_id: str
    bot_id: int


def photos_of(review: Review) -> tuple[Shot, ...]:
    """All of them, in the order in which they came."""
    return read(review.photo_file_id, review.photo_bot_id, review.more_photos)


def read(first: str | None, bot_id: int | None, more: str | None) -> tuple[Shot, ...]:
    """The same out of the columns that keep them."""
    if first is None or bot_id is None:
        return ()
    lines = (line.partition(" ") for line in (more or "").splitlines())
    return (Shot(first, bot_id), *(Shot(file_id, int(bot)) for bot, _, file_id in lines))


def add_photo(review: Review, photo: Shot) -> None:
    """One more; one that is there already stays once. Raises TooMany (there are MOST_PHOTOS)."""
    known = photos_of(review)
    if photo in known:
        return
    if len(known) >= MOST_PHOTOS:
        raise TooMany(limit=MOST_PHOTOS)
    keep(review, (*known, photo))


def keep(review: Review, photos: tuple[Shot, ...]) -> None:
    """Let a review have these photos and no others."""
    first, others = (photos[0], photos[1:]) if photos else (None, ())
    review.photo_file_id = None if first is None else first.file_id
    review.photo_bot_id = None if first is None else first.bot_id
    review.more_photos = "\n".join(f"{one.bot_id} {one.file_id}" for one in others) or None
