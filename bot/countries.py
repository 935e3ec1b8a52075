"""Countries as people write them: their names in any language of the shop, or two letters."""

from collections.abc import Iterable

from babel import Locale

from db.terms import words_of

CODE = 2  # letters of a country's code (ISO 3166 alpha-2); CLDR's longer ones are parts of the world
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # unions, outlying waters, and CLDR's own tests
EVERYDAY = {"usa": "US", "uk": "GB", "great britain": "GB", "england": "GB", "holland": "NL", "сша": "US"}


def country_of(text: str, languages: Iterable[str]) -> str | None:
    """The code of the country that is named in one of these languages; None for what is no country."""
    meant = words_of(text)
    everyday = EVERYDAY.get(" ".join(meant))
    if everyday is not None:
        return everyday
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == CODE and code not in NO_COUNTRIES and meant in ([code.lower()], words_of(name)):
                return str(code)
    return None
