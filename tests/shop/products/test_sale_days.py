"""A sale in one line, as people write it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shop.products.sale_days import SaleWish, as_draft, read_day, read_wish
from shop.refusals import CannotRead

TODAY = date(2026, 11, 28)
CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("9.90", SaleWish(990)),
        ("9,90 €", SaleWish(990)),
        ("-20%", SaleWish(-20)),
        ("20 %", SaleWish(-20)),
        ("−5%", SaleWish(-5)),
        ("9.90 until 24.12.", SaleWish(990, None, CHRISTMAS)),
        ("9.90 until 24.12", SaleWish(990, None, CHRISTMAS)),
        ("-20% from 1.12. until 24.12.2026", SaleWish(-20, date(2026, 12, 1), CHRISTMAS)),
        ("-20% bis 24.12.26 ab 1.12.", SaleWish(-20, date(2026, 12, 1), CHRISTMAS)),
        ("450 с 2026-12-01 до 2026-12-24", SaleWish(45000, date(2026, 12, 1), CHRISTMAS)),
    ],
)
def test_a_sale_in_one_line_is_read(line: str, wish: SaleWish) -> None:
    assert read_wish(line, "EUR", TODAY) == wish


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("31.11.", "day_form"),
        ("soon", "day_form"),
        ("12/24", "day_form"),
        ("", "day_form"),
        ("27.11.2026", "day_past"),
        ("24.12.2099", "day_far"),
        ("9" * 5000, "day_form"),
    ],
)
def test_what_is_no_day_is_named(day: str, hint: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_day(day, TODAY)
    assert refused.value.data["hint"] == hint


def test_a_day_without_a_year_is_the_next_such_day() -> None:
    assert read_day("27.11.", TODAY) == date(2027, 11, 27)
    assert read_day("28.11.", TODAY) == TODAY
    assert read_day("29.2.", TODAY) == date(2028, 2, 29)


@pytest.mark.parametrize("line", ["-100%", "0%", "free", "until 24.12.", "9.90 until 24.12. until"])
def test_what_is_no_sale_is_refused(line: str) -> None:
    with pytest.raises(CannotRead):
        read_wish(line, "EUR", TODAY)


def test_a_sale_lasts_whole_days_where_the_shop_is_whatever_its_clocks_do() -> None:
    """Fails when a day is taken for 24 hours: on the 25th of October 2026 Berlin's has 25."""
    draft = as_draft(SaleWish(-20, date(2026, 10, 25), date(2026, 10, 25)), ZoneInfo("Europe/Berlin"))
    assert draft.starts == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert draft.ends == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert (draft.price, draft.percent) == (None, 20)
