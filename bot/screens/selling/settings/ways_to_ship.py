"""A way to ship as an operator writes it, in one line: `Post; 4.90; DE, AT; 2–4; 50`."""

import re
from decimal import Decimal
from typing import Any

from bot.screens.selling.settings.reading import Unusable
from bot.words import Words, languages
from bot.words.countries import country_of
from db.amounts import parse_amount
from db.money import exponent
from shop.products.weight import read_weight
from shop.refusals import CannotRead
from shop.settings.spoken import by_language

MOST_STEPS = 20
KILOGRAM = 1000
PARTS = 5  # title, price, countries, days, free from
LONGEST_TITLE, LONGEST_DAYS = 64, 16
MOST_COUNTRIES = 60
APART = "|"  # between the title and what it is in other languages
PICKUP = "pickup"
PICKUPS = frozenset({PICKUP, "abholung", "самовывоз"})  # as people write it in the languages of the shop
AGREED = "agreed"
AFTERWARDS = frozenset({AGREED, "nach absprache", "по договорённости", "по договоренности"})
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
    steps = _steps(words, price, currency)
    if isinstance(steps, Unusable):
        return steps
    agreed = price.casefold() in AFTERWARDS
    price = "0" if steps or agreed else price
    amounts: list[str | None] = []
    for amount in (price, free_from):
        try:
            amounts.append(_decimal(parse_amount(amount, currency), currency) if amount else None)
        except ValueError:
            return Unusable(words("⚠️ “{amount}” is no amount in {currency}.", amount=amount[:40], currency=currency))
    if amounts[0] is None:
        return Unusable(words("⚠️ The price is missing; <code>0</code> is free."))
    way: dict[str, Any] = {"title": title, "price": amounts[0], "countries": codes, "days": days}
    said = {
        "pickup": pickup,
        "by_weight": steps,
        "agreed": agreed,
        "free_from": amounts[1],
        "titles": [f"{language}: {said}" for language, said in titles.items()],
    }
    return way | {name: value for name, value in said.items() if value}


def _steps(words: Words, price: str, currency: str) -> list[str] | Unusable:
    """What it costs by weight, where that is said in the place of the price."""
    steps = read_steps(price, currency) if ":" in price else []
    if isinstance(steps, str):
        return Unusable(words("⚠️ “{step}” is no weight and price. Write 1 kg: 4.90, 5 kg: 7.90.", step=steps[:40]))
    return steps


def read_steps(text: str, currency: str) -> list[str] | str:
    """Steps as the file has them ("1 kg: 4.90"), rising; the one that cannot be read."""
    found: dict[int, str] = {}
    for one in re.split(r",\s+", text)[:MOST_STEPS]:
        up_to, _, price = one.partition(":")
        try:
            grams = read_weight(up_to, "kg")
            found[grams] = f"{_weight(grams)}: {_decimal(parse_amount(price, currency), currency)}"
        except (ValueError, CannotRead):
            return one.strip()
    return "0" if 0 in found else [found[grams] for grams in sorted(found)]


def _weight(grams: int) -> str:
    return f"{Decimal(grams).scaleb(-3).normalize():f} kg" if grams >= KILOGRAM else f"{grams} g"


def write_way(way: dict[str, Any]) -> str:
    """The line that would be read as this way."""
    called = f" {APART} ".join([way["title"], *way.get("titles", ())])
    parts = [
        called,
        AGREED if way.get("agreed") else ", ".join(way.get("by_weight", ())) or way["price"],
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
