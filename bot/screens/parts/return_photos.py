"""The photos of a return, as its customer and its seller look through them."""

from collections.abc import Callable

from bot.screens.parts import ways
from bot.sending.button import Button
from bot.sending.pictures import NOBODYS
from bot.sending.reply import Photo, Screen
from bot.words import Words
from db.models import Return


def photo(words: Words, row: Return, place: int, bot_id: int, *, at: Callable[[int], Button], back: Button) -> Screen:
    """One of them, with keys to the others; `at` leads to a place (from 0), `back` to the return."""
    way_back = (ways.back(words, back),)
    if not row.photos:
        return Screen(words("📷 There are no photos."), (way_back,))
    place = max(0, min(place, len(row.photos) - 1))
    shown = row.photos[place]
    turning = ways.pages(
        words, at(place - 1) if place else None, at(place + 1) if place + 1 < len(row.photos) else None
    )
    text = words("📷 {n} of {of} · order {number}", n=place + 1, of=len(row.photos), number=row.order_id)
    picture = Photo(NOBODYS, shown.file_id) if shown.bot_id == bot_id else None
    if picture is None:
        text += words("\n📷 The photo cannot be shown any more.")
    return Screen(text, (turning, way_back), photo=picture)
