"""An address is one: with a name, a street, a town, and a code where the country has codes."""

import pytest

from shop.forms.addresses import Place, read_line, read_place
from shop.refusals import CannotRead


@pytest.mark.parametrize(
    ("written", "country", "code", "town"),
    [
        ("10115 Berlin", "DE", "10115", "Berlin"),
        ("Berlin 10115", "DE", "10115", "Berlin"),
        ("D-10115 Berlin", "DE", "10115", "Berlin"),
        ("60311 Frankfurt am Main", "DE", "60311", "Frankfurt am Main"),
        ("1010, Wien", "AT", "1010", "Wien"),
        ("SW1A 1AA London", "GB", "SW1A 1AA", "London"),
        ("london sw1a1aa", "GB", "SW1A1AA", "london"),
        ("1012 ab Amsterdam", "NL", "1012 AB", "Amsterdam"),
        ("New York, NY 10001", "US", "10001", "New York NY"),
        ("00-950 Warszawa", "PL", "00-950", "Warszawa"),
        ("Ústí nad Labem 400 01", "CZ", "400 01", "Ústí nad Labem"),
        ("101000 Москва", "RU", "101000", "Москва"),
        ("75001 Paris 01", "FR", "75001", "Paris 01"),
        ("Dublin", "IE", "", "Dublin"),
        ("Hong Kong", "HK", "", "Hong Kong"),
        ("308125", "SG", "308125", ""),
        ("東京 100-0001", "JP", "100-0001", "東京"),
        ("津 514-0001", "JP", "514-0001", "津"),
        ("12 Doha", "QA", "12", "Doha"),
        ("12 Nowhere", "XK", "", "12 Nowhere"),
    ],
)
def test_a_code_and_a_town_are_read_in_either_order(written: str, country: str, code: str, town: str) -> None:
    assert read_place(written, country) == Place(code, town)


@pytest.mark.parametrize(
    ("written", "country", "hint"),
    [
        ("Lindenstr. 5", "DE", "code_missing"),
        ("Berlin", "DE", "code_missing"),
        ("1011 Berlin", "DE", "code_missing"),
        ("10115", "DE", "town_missing"),
        ("10115 B", "DE", "town_missing"),
        ("10115 77", "DE", "town_missing"),
        ("J", "IE", "town_missing"),
        ("🙂🙂", "IE", "town_missing"),
        ("x" * 201, "IE", "too_long"),
        ("a " * 90, "DE", "too_long"),
    ],
)
def test_what_is_no_town_is_asked_again_with_the_reason(written: str, country: str, hint: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_place(written, country)

    assert refused.value.data["hint"] == hint


@pytest.mark.parametrize("written", ["J", "", "-", "🙂🙂"])
def test_a_letter_is_no_name_and_no_street(written: str) -> None:
    with pytest.raises(CannotRead):
        read_line(written, "name")


@pytest.mark.parametrize("written", ["Jo", "李", "김", "O’Neill", "Lindenallee 7"])
def test_short_names_are_names(written: str) -> None:
    assert read_line(written, "name") == written
