"""The photos of a product page: one on show, the others a swipe away in the same message."""

from collections.abc import Sequence

from bot.screens.buying.catalogue.buttons import OpenPhoto
from bot.screens.buying.catalogue.variant_views import Choice, Origins, state_of
from bot.screens.parts.goods import photo
from bot.sending.reply import Frame, Key, Photo
from bot.words import Words
from db.numbers import read_id
from shop.catalog import ProductCard
from shop.catalog.cards import Shot


def shots_of(card: ProductCard, *, chosen: bool) -> tuple[Shot, ...]:
    """What there is to see; the photos of a chosen variant come first, and none comes twice."""
    found: dict[str, Shot] = {}
    for shot in (*(card.own_shots if chosen else ()), *card.shots):
        found.setdefault(shot.picture.mark, shot)
    return tuple(found.values())


def read_place(state: str) -> int:
    """The place at the end of a key's state; the first where it cannot be read."""
    last = state.rpartition(".")[2]
    number = read_id(last.removeprefix("-")) or 1
    return -number if last.startswith("-") else number


def frames(
    words: Words, shots: Sequence[Shot], place: int, choice: Choice, came: Origins, bot_id: int
) -> list[tuple[Photo, tuple[Key, ...]]]:
    """Each photo with its row of keys: the one at this place, then those to show where it cannot be had.

    They follow in the direction in which it was reached, so that a photo that is gone is passed by both ways.
    """
    count = len(shots)
    at = min(abs(place), count) - 1
    step = -1 if place < 0 else 1
    order = [(at + step * way) % count for way in range(count)]
    found = ((one, photo(shots[one].product_id, shots[one].picture, bot_id)) for one in order)
    return [(picture, _keys(words, one, count, choice, came)) for one, picture in found if picture is not None]


def others(found: Sequence[tuple[Photo, tuple[Key, ...]]], rows: Sequence[tuple[Key, ...]]) -> tuple[Frame, ...]:
    """What a screen shows where its own photo cannot be had: the photo and the row above its other rows."""
    return tuple(Frame(picture, (keys, *rows)) for picture, keys in found[1:])


def _keys(words: Words, at: int, count: int, choice: Choice, came: Origins) -> tuple[Key, ...]:
    if count == 1:
        return ()

    def to(place: int, sign: str = "") -> OpenPhoto:
        number = choice.variant.id if choice.variant is not None else choice.card.id
        picked = "" if choice.is_complete or not choice.picked else state_of(choice) + "."
        return OpenPhoto(number, f"{picked}{sign}{place % count + 1}", *came)

    counted = f"{words.number(at + 1)}/{words.number(count)}"
    return (Key("‹", to(at - 1, "-")), Key(f"🖼 {counted}", to(0)), Key("›", to(at + 1)))
