"""Countries as people write them."""

import pytest

from bot.countries import country_of

SPOKEN = ("en", "de", "ru")


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
    ],
)
def test_a_country_is_known_by_its_names_and_its_letters(written: str, code: str) -> None:
    assert country_of(written, SPOKEN) == code


@pytest.mark.parametrize("written", ["Ann Example", "Germ", "EU", "ZZ", "419", "Lindenallee 7", "", "🙂", "d"])
def test_what_is_no_country_is_not_taken_for_one(written: str) -> None:
    assert country_of(written, SPOKEN) is None


def test_names_of_languages_that_the_shop_does_not_speak_are_not_known() -> None:
    assert country_of("Deutschland", ("en",)) is None
