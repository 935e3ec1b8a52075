"""A product's photos: one on show, with its place among the others, and what can be done about it."""

from bot.screens.parts import ways
from bot.screens.parts.goods import photo
from bot.screens.selling.photos.buttons import OpenPhotos, PlacePhoto, RemovePhoto
from bot.screens.selling.products.buttons import OpenOwned
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from shop.products.draft import MOST_PHOTOS
from shop.products.owned import OwnedProduct
from shop.products.photos import Pictures

ADDING = mark("Send a photo to add it, or several at once.")
GONE = mark("This photo cannot be shown here.")


def photos(words: Words, item: OwnedProduct, pictures: Pictures, at: int, *, bot_id: int, note: str = "") -> Screen:
    """The photo at this place, from 0; `note` (HTML) says what was just done."""
    product_id, count = item.product.id, len(pictures)
    parts = [note, _heading(words, item, at, count)]
    rows: list[tuple[Key, ...]] = []
    picture = None
    if pictures:
        at = min(at, count - 1)
        picture = photo(product_id, pictures[at], bot_id)
        if picture is None or (picture.file_id is None and picture.source is None):
            parts.append(words(GONE))
        rows = [*_turning(words, product_id, pictures, at), *_moving(words, product_id, pictures, at)]
    if count < MOST_PHOTOS:
        parts.append(words(ADDING) + " " + words.n("At most {n} fits.", "At most {n} fit.", MOST_PHOTOS))
    else:
        parts.append(
            words("These are {n}, and more do not fit. Delete one to add another.", n=words.number(MOST_PHOTOS))
        )
    rows.append((ways.back(words, OpenOwned(product_id)), ways.home(words)))
    return Screen("\n\n".join(part for part in parts if part), tuple(rows), photo=picture)


def sure(words: Words, item: OwnedProduct, pictures: Pictures, at: int, *, bot_id: int) -> Screen:
    """Whether this photo shall go; it would have to be sent anew."""
    product_id, picture = item.product.id, pictures[at]
    text = words("Delete this photo? To have it back you would send it again.")
    yes = Key(words.plain("🗑 Delete it"), RemovePhoto(product_id, picture.mark, sure=True), style="danger")
    back = OpenPhotos(product_id, picture.mark)
    return Screen(
        _heading(words, item, at, len(pictures)) + "\n\n" + text,
        ((yes,), (ways.back(words, back),)),
        photo=photo(product_id, picture, bot_id),
    )


def _heading(words: Words, item: OwnedProduct, at: int, count: int) -> Html:
    label = item.product.option_label
    name = f"{item.product.name} · {label}" if label else item.product.name
    if not count:
        return words("🖼 <b>{name}</b>: no photo yet", name=name)
    return words(
        "🖼 <b>{name}</b>: photo {n} of {all}",
        name=name,
        n=words.number(min(at, count - 1) + 1),
        all=words.number(count),
    )


def _turning(words: Words, product_id: int, pictures: Pictures, at: int) -> list[tuple[Key, ...]]:
    count = len(pictures)
    if count == 1:
        return []

    def to(place: int) -> OpenPhotos:
        return OpenPhotos(product_id, pictures[place % count].mark)

    counted = f"🖼 {words.number(at + 1)}/{words.number(count)}"
    return [(Key("‹", to(at - 1)), Key(counted, to(0)), Key("›", to(at + 1)))]


def _moving(words: Words, product_id: int, pictures: Pictures, at: int) -> list[tuple[Key, ...]]:
    this = pictures[at].mark
    moving = []
    if at > 0:
        moving.append(Key(words.plain("← Earlier"), PlacePhoto(product_id, this, at - 1)))
    if at < len(pictures) - 1:
        moving.append(Key(words.plain("Later →"), PlacePhoto(product_id, this, at + 1)))
    first = [Key(words.plain("⭐ Show it first"), PlacePhoto(product_id, this, 0))] if at > 1 else []
    return [tuple(moving), (*first, Key(words.plain("🗑 Delete"), RemovePhoto(product_id, this)))]
