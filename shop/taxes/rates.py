"""Rates of tax by place and class, as a shop has them; a rate is a whole number of thousandths of a percent."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, field

from db.money import STARS
from shop.taxes.classes import STANDARD, ZERO, is_class

PERCENT = 1000
HUNDRED_PERCENT = 100 * PERCENT
MOST = 100  # percent
EU, ELSEWHERE = "EU", "*"
# The states of the Union, europa.eu, seen 2026-11. Greece is GR here, as with Telegram, and EL in its VAT numbers.
STATES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
_LINE = re.compile(r"([A-Za-z]{2}|\*)\s+(?:([A-Za-z0-9-]+)\s+)?(\d{1,3}(?:[.,]\d{1,3})?)\s*%?")


class WrongRate(ValueError):  # noqa: N818  it reads as a claim
    """What was written is no rate; it says why."""


class Rate(NamedTuple):
    """One line of the settings: where, for which class, how much."""

    place: str
    tax_class: str
    rate: int


class Rates(Struct, frozen=True):
    """How a shop is taxed: where it is, whether its prices contain the tax, and every rate; none: it charges no tax."""

    country: str = ""  # ISO 3166 alpha-2
    included: bool = True
    by_place: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    shipping_class: str = STANDARD

    @property
    def on(self) -> bool:
        """Whether there is any tax here."""
        return bool(self.by_place)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that a product may have: the standard one first, what is never taxed last."""
        named = {one for rates in self.by_place.values() for one in rates} - {STANDARD, ZERO}
        return (STANDARD, *sorted(named), ZERO)

    def rate(self, country: str, tax_class: str | None) -> int:
        """What goods of this class are taxed with there; where nothing is said about the country, nothing.

        The country itself comes first, then the Union for its states, then everywhere else. A class without a rate
        there has the standard one.
        """
        if tax_class == ZERO:
            return 0
        place = country.upper()
        for name in (place, EU if place in STATES else "", ELSEWHERE):
            if (known := self.by_place.get(name)) is not None:
                return known.get(tax_class or STANDARD, known.get(STANDARD, 0))
        return 0

    def contains(self, currency: str) -> bool:
        """Whether prices of this currency contain the tax: those in Stars do, as Telegram shows their sum alone."""
        return self.included or currency == STARS

    def place_of(self, country: str) -> str:
        """Whose rates count: the country that goods go to, or the shop's where they go nowhere."""
        return (country or self.country).upper()[:2]


def read_rate(line: str) -> Rate:
    """`DE standard 19`, `at reduced 10 %`, `* 0`: without a class it is the standard one. Raises WrongRate."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise WrongRate("is not a country, a class and a rate, such as DE standard 19")
    place, name = found[1].upper(), (found[2] or STANDARD).lower()
    if not is_class(name):
        raise WrongRate("names no class: small letters, at most sixteen")
    rate = int(Decimal(found[3].replace(",", ".")) * PERCENT)
    if rate > MOST * PERCENT:
        raise WrongRate("is more than 100 percent")
    if name == ZERO and rate:
        raise WrongRate("gives the class zero a rate: it is never taxed")
    return Rate(place, name, rate)


def written_rate(rate: int) -> str:
    """A rate in percent, as the settings have it: 19, 5.5, 8.875."""
    return format(Decimal(rate).scaleb(-3).normalize(), "f")


def by_place(lines: Iterable[str]) -> dict[str, dict[str, int]]:
    """All of them; a later line about the same wins. Raises WrongRate."""
    found: dict[str, dict[str, int]] = {}
    for one in map(read_rate, lines):
        found.setdefault(one.place, {})[one.tax_class] = one.rate
    return found
