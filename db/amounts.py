"""Amounts as people type them: "30€", "1.234,50", "12.-", in the digits of any script."""

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from db.money import STARS, exponent
from db.numbers import in_ascii

LONGEST = 40  # characters of an amount with its currency
LARGEST = 10**15  # minor units
THOUSAND = 3  # digits of a group
NAMES = {  # how people write it beside the signs that CLDR knows; folded
    "CHF": ("sfr.", "sfr", "fr.", "fr"),
    "CNY": ("元", "rmb"),
    "EUR": ("euros", "euro"),
    "JPY": ("円", "yen"),
    "RUB": ("рублей", "рубля", "рубль", "руб.", "руб", "р.", "р"),
    "UAH": ("грн.", "грн"),
    STARS: ("stars", "star", "sterne", "stern", "звёзд", "звезды", "звезда", "⭐\ufe0f", "⭐", "★"),
}
_NUMBER = re.compile(r"(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?")
_APART = re.compile(r"(?P<front>[0-9]{1,3})(?:(?P<mark>[ '.,])(?:[0-9]{2,3}(?P=mark))*[0-9]{3})?(?P<rest>[.,][0-9]+)?")
_NO_PART = re.compile(r"[.,](?:-{1,2}|[\u2013\u2014])?$")
_BLANKS = re.compile(r"\s+")


class AmbiguousAmount(ValueError):  # noqa: N818  it reads as a claim
    """Both more and less than a thousand could be meant: `readings` are the amounts, written beyond doubt."""

    def __init__(self, text: str, readings: tuple[str, str]) -> None:
        super().__init__(f"{text!r} is either {readings[0]} or {readings[1]}")
        self.readings = readings


def parse_amount(text: str, currency: str) -> int:
    """Minor units from what a person typed: "12.5", "12,50 €", "1 250.00", "12.-"; ValueError when it is no amount.

    Refuses negative amounts, more decimals than the currency has, another currency's sign, and amounts beyond a 64-bit
    column. One mark before exactly three digits parts thousands in a currency without decimals, decimals in one that
    has three, and is AmbiguousAmount in every other: "1.234" is either a slip or a thousand times too much.
    """
    digits = _bare(text, currency)
    found = _APART.fullmatch(digits)
    decimals = exponent(currency)
    if found is None:
        plain = _NUMBER.fullmatch(digits.replace(",", "."))
        if plain is None:
            raise ValueError(_not(text, currency))
        return _whole(text, currency, plain["whole"], plain["part"] or "")
    mark, rest = found["mark"], found["rest"] or ""
    head = digits.removesuffix(rest)
    if mark in {".", ","}:
        if rest.startswith(mark):
            raise ValueError(_not(text, currency))
        lone = not rest and head.count(mark) == 1
        if lone and decimals >= THOUSAND:
            whole, _, part = head.partition(mark)
            return _whole(text, currency, whole, part)
        if lone and decimals:
            whole, _, part = head.partition(mark)
            if whole.strip("0"):
                raise AmbiguousAmount(text[:LONGEST], (f"{whole}{part}", f"{whole}.{part[:decimals]}"))
            return _whole(text, currency, whole, part)  # nobody groups "0.500"
    return _whole(text, currency, head.replace(mark, "") if mark else head, rest[1:])


def _whole(text: str, currency: str, whole: str, part: str) -> int:
    decimals = exponent(currency)
    if part[decimals:].strip("0"):
        raise ValueError(_not(text, currency))
    amount = int(whole + part[:decimals].ljust(decimals, "0"))
    if amount > LARGEST:
        raise ValueError(_not(text, currency))
    return amount


def _bare(text: str, currency: str) -> str:
    """The digits and marks, without the currency, in ASCII."""
    if len(text) > 2 * LONGEST or len(text.strip()) > LONGEST:
        raise ValueError(_not(text, currency))
    if any(unicodedata.category(letter) == "No" for letter in text):  # "12²" is no 122
        raise ValueError(_not(text, currency))
    plain = unicodedata.normalize("NFKC", text.strip()).casefold()
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    plain = in_ascii(plain).translate({0x66B: ".", 0x66C: "'", 0x2019: "'", 0x2BC: "'", 0x60: "'"})
    plain = _BLANKS.sub(" ", plain)
    for sign in _signs(currency):
        if plain.startswith(sign):
            plain = plain[len(sign) :].strip()
            break
    for sign in _signs(currency):
        if plain.endswith(sign):
            plain = plain[: -len(sign)].strip()
            break
    plain = _NO_PART.sub("", plain)
    return f"0{plain}" if plain.startswith((".", ",")) else plain


@lru_cache(maxsize=64)
def _signs(currency: str) -> tuple[str, ...]:
    """How this currency is written beside an amount, the longest first."""
    signs = {currency, *NAMES.get(currency, ())}
    for name in ("en", "de", "ru", f"und_{currency[:2]}") if currency != STARS else ():
        try:
            signs.add(get_currency_symbol(currency, Locale.parse(name)))
        except (UnknownLocaleError, ValueError):
            continue  # not the currency of one country
    plain = {unicodedata.normalize("NFKC", sign).casefold().strip("\u200e\u200f ") for sign in signs}
    return tuple(sorted(plain, key=len, reverse=True))


def _not(text: str, currency: str) -> str:
    return f"not an amount in {currency}: {text[:LONGEST]!r}"
