"""Whom a broadcast is for, and the products whose buyers it may be for."""

from collections.abc import Mapping, Sequence

from bot.screens.parts import ways
from bot.screens.selling.broadcasts.buttons import ChoosePart, OpenBroadcast, OpenPeople, PickBought
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from db.models import Broadcast
from shop.broadcasts import MOST_PARTS, Standing
from shop.products.owned import OwnedPage

LABEL = 40  # UTF-16 units of a key
DAYS = (30, 90, 180)
PARTS: Mapping[str, str] = {
    "bought": mark("Have ordered"),
    "once": mark("Ordered once"),
    "cart": mark("Left a cart behind"),
}
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "ru": "Русский",
    "es": "Español",
    "tr": "Türkçe",
    "ar": "العربية",
}


def people(words: Words, standing: Standing, bought: str) -> Screen:
    """What they have in common, each a key; `bought`: the product that is chosen."""
    broadcast = standing.broadcast
    parts = [_part(broadcast, part, words.plain(said)) for part, said in PARTS.items()]
    quiet = [_part(broadcast, f"quiet-{n}", words.plain_n("Away {n} day", "Away {n} days", n)) for n in DAYS]
    languages = [_part(broadcast, part, said) for part, said in LANGUAGES.items()]
    product = product_of(broadcast.segment)
    if product is None:
        buyers = Key(words.plain("🛍 Bought a product…"), PickBought(broadcast.id))
    else:
        label = "✓ 🛍 " + fit_plain(bought or words.plain("a product"), LABEL)
        buyers = Key(label, ChoosePart(broadcast.id, f"product-{product}", chosen=False))
    text = words("👥 <b>For whom</b>") + "\n\n" + words("Reaches {people} now.", people=how_many(words, standing.size))
    text += "\n" + words(
        "Choose what they have in common, at most {n} things. Nothing chosen: everybody whom you may write to.",
        n=words.number(MOST_PARTS),
    )
    rows = (
        tuple(parts[:2]),
        (parts[2], buyers),
        tuple(quiet),
        tuple(languages),
        (ways.back(words, OpenBroadcast(broadcast.id)), ways.home(words)),
    )
    return Screen(text, rows)


def products(words: Words, page: OwnedPage, asked: PickBought, *, called: str = "") -> Screen:
    """Tap the product that they bought."""
    number = asked.broadcast_id
    rows = [
        (Key(fit_plain(one.product.name, LABEL), ChoosePart(number, f"product-{one.product.id}", chosen=True)),)
        for one in page.items
    ]
    text = words("🛍 Which product did they buy? Tap it, or write a part of its name.")
    turning: tuple[Key, ...] = ()
    if called:
        if not page.items:
            text = words("Nothing is called “{name}”.", name=called) + "\n" + text
    elif page.items:
        turning = ways.pages(
            words,
            PickBought(number, before=page.items[0].product.id) if page.has_newer else None,
            PickBought(number, after=page.items[-1].product.id) if page.has_older else None,
        )
    return Screen(text, (*rows, turning, (ways.back(words, OpenPeople(number)),)))


def described(words: Words, broadcast: Broadcast) -> str:
    """Whom it is for, in a line (plain text); empty: everybody."""
    said = []
    for part in broadcast.segment:
        name, _, number = part.partition("-")
        if part in PARTS:
            said.append(words.plain(PARTS[part]))
        elif part in LANGUAGES:
            said.append(LANGUAGES[part])
        elif name == "quiet":
            said.append(words.plain_n("Away {n} day", "Away {n} days", int(number or DAYS[0])))
        elif name == "product":
            said.append(words.plain("Bought a product"))
    return ", ".join(said)


def product_of(segment: Sequence[str]) -> int | None:
    """The product whose buyers it is for."""
    return next((int(part.partition("-")[2]) for part in segment if part.startswith("product-")), None)


def how_many(words: Words, many: int) -> str:
    """So many people, plain text."""
    return words.plain_n("{n} person", "{n} people", many)


def _part(broadcast: Broadcast, part: str, label: str) -> Key:
    chosen = part in broadcast.segment or (part == f"quiet-{DAYS[0]}" and "quiet" in broadcast.segment)
    return Key(("✓ " if chosen else "") + label, ChoosePart(broadcast.id, part, chosen=not chosen))
