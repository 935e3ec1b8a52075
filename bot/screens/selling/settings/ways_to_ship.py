"""A way to ship as an operator writes it, in one line: `Post; 4.90; DE, AT; 2–4; 50`."""

from decimal import Decimal
from typing import Any

from bot.screens.selling.settings.reading import Unusable
from bot.words import Words, languages
from bot.words.countries import country_of
from db.amounts import parse_amount
from db.money import exponent
from shop.settings.spoken import by_language

PARTS = 5  # title, price, countries, days, free from
LONGEST_TITLE, LONGEST_DAYS = 64, 16
MOST_COUNTRIES = 60
APART = "|"  # between the title and what it is in other languages
PICKUP = "pickup"
PICKUPS = frozenset({PICKUP, "abholung", "самовывоз"})  # as people write it in the languages of the shop
EVERYWHERE = frozenset({"", "-", "–", "*"})


def read_way(words: Words, text: str, currency: str) -> dict[str, Any] | Unusable:
    """The way without its id, as the file has it; what cannot be read is named."""
    called, *rest = (part.strip() for part in text.split("\n", maxsplit=1)[0].split(";"))
    title, titles = by_language(called, languages(), apart=APART)
    if not title or max(map(len, (title, *titles.values()))) > LONGEST_TITLE or not rest or len(rest) >= PARTS:
        return Unusable(
            words("⚠️ I need a title of up to {n} characters and a price, a semicolon between.", n=LONGEST_TITLE)
        )
    price, countries, days, free_from = [*rest, *[""] * (PARTS - 1 - len(rest))]
    pickup = countries.casefold() in PICKUPS
    codes = [] if pickup else _countries(countries)
    if isinstance(codes, str):
        return Unusable(words("⚠️ I know no country “{name}”.", name=codes[:40]))
    if len(days) > LONGEST_DAYS:
        return Unusable(words("⚠️ The days are longer than {n} characters.", n=LONGEST_DAYS))
    amounts: list[str | None] = []
    for amount in (price, free_from):
        try:
            amounts.append(_decimal(parse_amount(amount, currency), currency) if amount else None)
        except ValueError:
            return Unusable(words("⚠️ “{amount}” is no amount in {currency}.", amount=amount[:40], currency=currency))
    if amounts[0] is None:
        return Unusable(words("⚠️ The price is missing; <code>0</code> is free."))
    way: dict[str, Any] = {"title": title, "price": amounts[0], "countries": codes, "days": days}
    if pickup:
        way["pickup"] = True
    if amounts[1] is not None:
        way["free_from"] = amounts[1]
    if titles:
        way["titles"] = [f"{language}: {said}" for language, said in titles.items()]
    return way


def write_way(way: dict[str, Any]) -> str:
    """The line that would be read as this way."""
    called = f" {APART} ".join([way["title"], *way.get("titles", ())])
    parts = [
        called,
        way["price"],
        PICKUP if way.get("pickup") else ", ".join(way["countries"]),
        way["days"],
        way.get("free_from") or "",
    ]
    return "; ".join(str(part) for part in parts).rstrip("; ")


def _decimal(amount: int, currency: str) -> str:
    return f"{Decimal(amount).scaleb(-exponent(currency)):f}"


def _countries(text: str) -> list[str] | str:
    """Codes; the name that is none."""
    if text in EVERYWHERE:
        return []
    found: dict[str, None] = {}
    for name in text.split(",")[:MOST_COUNTRIES]:
        for one in [name] if country_of(name, languages()) else name.split():
            code = country_of(one, languages())
            if code is None:
                return one.strip()
            found[code] = None
    return list(found)
