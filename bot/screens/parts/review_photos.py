"""The photos of a review as a gallery: one on show, the others a key away in the same message."""

from collections.abc import Callable, Sequence

from bot.sending.button import Button
from bot.sending.pictures import NOBODYS
from bot.sending.reply import Frame, Key, Photo, Screen
from bot.words import Words
from db.models import Review
from shop.reviews import photos_of


def seen(review: Review, bot_id: int) -> list[Photo]:
    """Those that this bot can show."""
    return [Photo(NOBODYS, one.file_id) for one in photos_of(review) if one.bot_id == bot_id]


def gallery(
    words: Words,
    text: str,
    photos: Sequence[Photo],
    place: int,
    to: Callable[[int], Button],
    rows: Sequence[tuple[Key, ...]],
) -> Screen:
    """The photo at a place (from 1; one beyond the last is the last) above what is said; `to` shows another one.

    One that cannot be had is passed by.
    """
    count = len(photos)
    if not count:
        return Screen(text, tuple(rows))
    at = min(max(place, 1), count) - 1

    def keyboard(one: int) -> tuple[tuple[Key, ...], ...]:
        if count == 1:
            return tuple(rows)
        counted = f"{words.number(one + 1)}/{words.number(count)}"
        turning = (
            Key("‹", to((one - 1) % count + 1)),
            Key(f"🖼 {counted}", to(1)),
            Key("›", to((one + 1) % count + 1)),
        )
        return (turning, *rows)

    others = [(at + way) % count for way in range(1, count)]
    instead = tuple(Frame(photos[one], keyboard(one)) for one in others)
    return Screen(text, keyboard(at), photo=photos[at], instead=instead)
