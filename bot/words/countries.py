"""Countries as people write them: their names in the languages of the shop, everyday ones, codes, flags."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from bot.words.country_names import EVERYDAY
from db.terms import words_of

CODE = 2  # letters of a country's code (ISO 3166 alpha-2); CLDR's longer ones are parts of the world
LONGER = 3  # letters of the other code (alpha-3)
LONGEST = 80  # characters; no country has a longer name
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # unions, outlying waters, and CLDR's own tests
FLAG = 0x1F1E6  # the letter A of a flag
# Where most people live who read a language of the shop: they are offered first, the others by code behind them.
MOST_READERS = {
    "en": ("US", "GB", "CA", "AU", "IE", "NZ"),
    "de": ("DE", "AT", "CH", "LI", "LU", "BE"),
    "ru": ("RU", "BY", "KZ", "KG"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "tr": ("TR", "CY", "DE", "AZ"),
    "ar": ("SA", "AE", "EG", "MA", "IQ", "JO"),
}
ALIKE = 0.75  # of 1: from here on a name may be another one with a slip (difflib's ratio)
# Words that official names have and people leave out, or the other way round.
FILLING = frozenset(
    {
        *("the", "of", "and", "und", "der", "die", "das", "des", "и", "republic", "republik", "республика"),
        *("de", "la", "el", "los", "las", "y", "ve", "و", "republica", "cumhuriyeti", "جمهورية"),
        *("kingdom", "konigreich", "королевство", "state", "staat", "государство", "islamic", "arab"),
    }
)


def country_of(text: str, languages: Iterable[str]) -> str | None:
    """The code of the country that is named in one of these languages, by code or flag; None for what is no country."""
    written = text.strip()[:LONGEST]
    if (flag := _of_flag(written)) is not None:
        return flag
    meant = _words(written)
    name = " ".join(meant)
    for language in languages:
        if (code := _names(language).get(name)) is not None:
            return code
    if (code := _everyday().get(name) or _everyday().get(name.removeprefix("the ")) or _of_code(name)) is not None:
        return code
    if len(meant) == 1 and (meant[0] in FILLING or len(meant[0]) <= LONGER):
        return None
    core = _core(meant)
    for language in languages:
        if core and (code := _cores(language).get(core)) is not None:
            return code
    return _of_beginning(name, languages)


def guesses(text: str, languages: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Codes of countries that were perhaps meant by a name with a slip, the likeliest first."""
    name = " ".join(_words(text.strip()[:LONGEST]))
    if len(name) <= LONGER:
        return ()
    found: dict[str, None] = {}
    for names in (*(_names(language) for language in languages), _everyday()):
        found |= dict.fromkeys(names[close] for close in get_close_matches(name, names, n=most, cutoff=ALIKE))
    return tuple(found)[:most]


@lru_cache(maxsize=32)
def countries_of(language: str) -> tuple[str, ...]:
    """Codes of the countries where people speak this language by law, those with most of its readers first."""
    codes = sorted(str(code) for code in Locale.parse("en").territories)
    spoken = (code for code in codes if _is_country(code) and language in get_official_languages(code, de_facto=True))
    return tuple(dict.fromkeys((*MOST_READERS.get(language, ()), *spoken)))


def _words(text: str) -> list[str]:
    """As everything that is looked up; a Turkish ı is an i, as capitals have but one of them: IRAK, ırak, Irak."""
    return words_of(text.replace("ı", "i"))


def _is_country(code: str) -> bool:
    return len(code) == CODE and code.isalpha() and code not in NO_COUNTRIES


def _of_flag(text: str) -> str | None:
    letters = [ord(letter) - FLAG for letter in text]
    if len(letters) != CODE or not all(0 <= letter < 26 for letter in letters):  # noqa: PLR2004  the alphabet
        return None
    code = "".join(chr(ord("A") + letter) for letter in letters)
    return code if code in Locale.parse("en").territories and _is_country(code) else None


def _of_code(name: str) -> str | None:
    code = name.upper()
    if len(code) == LONGER:
        aliases = get_global("territory_aliases").get(code, [])
        code = aliases[0] if len(aliases) == 1 else ""
    return code if _is_country(code) and code in Locale.parse("en").territories else None


def _of_beginning(name: str, languages: Iterable[str]) -> str | None:
    """The one country whose name begins with these words: Trinidad, São Tomé."""
    found = {code for language in languages for known, code in _names(language).items() if known.startswith(f"{name} ")}
    return found.pop() if len(found) == 1 and len(name) > LONGER else None


def _core(words: Iterable[str]) -> str:
    return " ".join(sorted(word for word in words if word not in FILLING))


@lru_cache(maxsize=32)
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories.items()
    return {" ".join(_words(name)): str(code) for code, name in territories if _is_country(code)}


@lru_cache(maxsize=32)
def _cores(language: str) -> dict[str, str]:
    """Names without what people leave out; what then means two countries means none."""
    cores: dict[str, str | None] = {}
    for name, code in _names(language).items():
        core = _core(name.split())
        cores[core] = code if cores.get(core, code) == code else None
    return {core: code for core, code in cores.items() if code is not None}


@lru_cache(maxsize=1)
def _everyday() -> dict[str, str]:
    return {" ".join(_words(name)): code for code, names in EVERYDAY.items() for name in names}
