"""What sending costs, and the line in which an operator writes a way to ship."""

from typing import Any

import pytest

from bot.screens.selling.settings.reading import Unusable
from bot.screens.selling.settings.ways_to_ship import read_way, write_way
from bot.words import words_for
from shop.policy import ShippingOption

POST = ShippingOption("post", "Post", 490, free_from=5000)
EN = words_for("en")


@pytest.mark.parametrize(
    ("goods", "free", "price"),
    [(4999, False, 490), (5000, False, 0), (9000, False, 0), (100, True, 0), (0, False, 490)],
)
def test_sending_is_free_from_exactly_this_much_or_by_a_promotion(goods: int, free: bool, price: int) -> None:
    assert POST.price_of(goods, free=free) == price


def test_a_way_without_such_a_limit_always_costs() -> None:
    assert ShippingOption("post", "Post", 490).price_of(10**15, free=False) == 490


@pytest.mark.parametrize(
    ("line", "currency", "way"),
    [
        ("Post; 4.90", "EUR", ("Post", "4.90", [], "")),
        ("Post;4,9 €;DE, Österreich;2–4;50", "EUR", ("Post", "4.90", ["DE", "AT"], "2–4", "50.00")),
        ("Почта; 490; Россия KZ", "RUB", ("Почта", "490.00", ["RU", "KZ"], "")),
        ("Hand to hand; 0; -; ; ", "JPY", ("Hand to hand", "0", [], "")),
        ("Post | de: Paket|ru:Посылка; 4.90", "EUR", ("Post", "4.90", [], "", ["de: Paket", "ru: Посылка"])),
        ("de: Paket | xx: Post; 4", "EUR", ("Paket| xx: Post", "4.00", [], "", ["de: Paket| xx: Post"])),
        ("Post; 490; DE DE", "JPY", ("Post", "490", ["DE"], "")),
        ("Our shop; 0; Abholung", "EUR", ("Our shop", "0.00", [], "", True)),
    ],
)
def test_a_line_is_a_way_and_can_be_written_again(line: str, currency: str, way: tuple[object, ...]) -> None:
    read = read_way(EN, line, currency)

    assert isinstance(read, dict)
    assert tuple(read.values()) == way
    assert read_way(EN, write_way(read), currency) == read


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Post", "a semicolon between"),
        ("; 4.90", "a semicolon between"),
        (f"{'x' * 65}; 4.90", "up to 64 characters"),
        (f"Post | de: {'x' * 65}; 4.90", "up to 64 characters"),
        ("Post; 4.90; DE; 2; 50; more", "a semicolon between"),
        ("Post; cheap", "no amount in EUR"),
        ("Post; 4.905", "no amount in EUR"),
        ("Post; -1", "no amount in EUR"),
        ("Post; ; DE", "The price is missing"),
        ("Post; 4.90; Atlantis", "no country “Atlantis”"),
        ("Post; 4.90; DE; a very long time indeed", "longer than 16"),
        ("Post; 4.90; DE; 2; soon", "no amount in EUR"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line: str, why: str) -> None:
    read: dict[str, Any] | Unusable = read_way(EN, line, "EUR")

    assert isinstance(read, Unusable)
    assert why in read.why
