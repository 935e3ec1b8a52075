"""Countries as people write them."""

import pytest
from babel import Locale

from bot.words.countries import CODE, NO_COUNTRIES, countries_of, country_of, guesses

SPOKEN = ("en", "de", "ru", "es", "tr", "ar")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Germany", "DE"),
        ("deutschland", "DE"),
        ("Германия", "DE"),
        (" de ", "DE"),
        ("Osterreich", "AT"),
        ("Turkiye", "TR"),
        ("Bosnia & Herzegovina", "BA"),
        ("UK", "GB"),
        ("USA", "US"),
        ("США", "US"),
        ("U.S.A.", "US"),
        ("the United States of America", "US"),
        ("Turkey", "TR"),
        ("Türkei", "TR"),
        ("Czech Republic", "CZ"),
        ("The Netherlands", "NL"),
        ("Holland", "NL"),
        ("Hong Kong", "HK"),
        ("Гонконг", "HK"),
        ("РФ", "RU"),
        ("Российская Федерация", "RU"),
        ("England", "GB"),
        ("Великобритания", "GB"),
        ("Korea", "KR"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Kingdom of Spain", "ES"),
        ("Bundesrepublik Deutschland", "DE"),
        ("Ivory Coast", "CI"),
        ("Macedonia", "MK"),
        ("Trinidad", "TT"),
        ("Viet Nam", "VN"),
        ("Burma", "MM"),
        ("DEU", "DE"),
        ("🇩🇪", "DE"),
        ("Белоруссия", "BY"),
        ("السعودية", "SA"),
        ("المانيا", "DE"),
        ("أميركا", "US"),
        ("فلسطين", "PS"),
        ("República Checa", "CZ"),
        ("Çek Cumhuriyeti", "CZ"),
        ("Irlanda del Norte", "GB"),
        ("ırak", "IQ"),
        ("KKTC", "CY"),
        ("Estados Unidos", "US"),
        ("Birleşik Krallık", "GB"),
    ],
)
def test_a_country_is_known_by_its_names_and_its_letters(written: str, code: str) -> None:
    assert country_of(written, SPOKEN) == code


@pytest.mark.parametrize("written", ["Ann Example", "Germ", "EU", "ZZ", "419", "Lindenallee 7", "", "🙂", "d"])
def test_what_is_no_country_is_not_taken_for_one(written: str) -> None:
    assert country_of(written, SPOKEN) is None


def test_names_of_languages_that_the_shop_does_not_speak_are_not_known() -> None:
    assert country_of("Deutschland", ("en",)) is None


@pytest.mark.parametrize("language", SPOKEN)
def test_every_country_is_known_by_the_name_that_the_shop_gives_it(language: str) -> None:
    territories = Locale.parse(language).territories.items()
    named = {code: name for code, name in territories if len(code) == CODE and code not in NO_COUNTRIES}

    assert {code: country_of(name, SPOKEN) for code, name in named.items()} == {code: code for code in named}


@pytest.mark.parametrize(
    ("written", "code"),
    [("Deutchland", "DE"), ("Germny", "DE"), ("Австия", "AT"), ("Swizerland", "CH"), ("Untied States", "US")],
)
def test_a_slip_is_guessed_and_not_taken(written: str, code: str) -> None:
    assert country_of(written, SPOKEN) is None
    assert code in guesses(written, SPOKEN)


@pytest.mark.parametrize("written", ["Lindenallee 7", "🙂", "", "x", "qqqqqqqq", "y" * 4096])
def test_what_is_like_no_country_is_not_guessed(written: str) -> None:
    assert guesses(written, SPOKEN) == ()


def test_the_countries_of_a_language_are_where_it_is_spoken_by_law() -> None:
    assert set(countries_of("de")) >= {"DE", "AT", "CH"}
    assert "RU" in countries_of("ru")


@pytest.mark.parametrize(("language", "first"), [("en", "US"), ("de", "DE"), ("ru", "RU")])
def test_where_most_readers_live_comes_before_islands_with_early_codes(language: str, first: str) -> None:
    assert countries_of(language)[0] == first
    assert len(set(countries_of(language))) == len(countries_of(language))
