"""Amounts are read as people write them, and nothing that looks like a number costs more than a look."""

import pytest

from db.amounts import AmbiguousAmount, parse_amount
from db.numbers import read_id


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("40€", "EUR", 4000),
        ("18,20 €", "EUR", 1820),
        ("€ 18.20", "EUR", 1820),
        ("EUR 18.2", "EUR", 1820),
        ("2.345,60", "EUR", 234560),
        ("2 345,60 ₽", "RUB", 234560),
        ("700 руб.", "RUB", 70000),
        ("15.-", "CHF", 1500),
        ("１８．２０", "EUR", 1820),
        ("١٨٫٢", "EUR", 1820),
        ("0.500", "EUR", 50),
        ("3,456", "JPY", 3456),
        ("3456円", "JPY", 3456),
        ("3.456", "KWD", 3456),
        ("2,345,678.90", "USD", 234567890),
        ("250 Stars", "XTR", 250),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    "text", ["1e999990", "1e999999", "1E5", "9" * 5000, "-5", "18 $", "12²", "1 23", "1.23.4", "€", "", "NaN", "½"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_amount(text, "EUR")


@pytest.mark.parametrize("text", ["3.456", "3,456"])
def test_an_amount_that_could_be_a_thousand_times_another_is_asked_about(text: str) -> None:
    with pytest.raises(AmbiguousAmount) as raised:
        parse_amount(text, "EUR")

    assert raised.value.readings == ("3456", "3.45")


@pytest.mark.parametrize("text", ["", "9" * 19, "9" * 5000, "-1", "1\0", "²", "1.0", "x"])
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert read_id(text) is None


def test_a_number_is_read_in_any_script() -> None:
    assert (read_id("1042"), read_id("١٠٤٢")) == (1042, 1042)
