"""What is sent keeps to Telegram's limits, and costs no more than its length."""

import json
from collections.abc import Iterator
from typing import SupportsIndex

import pytest

from bot.screens.buying.catalogue.buttons import OpenCategory
from bot.screens.buying.home.buttons import OpenHome
from bot.sending.cutting import end_of, fit_plain
from bot.sending.markup import MOST_BYTES, MOST_KEYS, keyboard_json
from bot.sending.reply import Key
from bot.sending.rows import WIDEST


@pytest.mark.parametrize("label", ["x", "Ж" * 60])
def test_a_keyboard_that_telegram_would_refuse_is_cut_above_its_last_row(label: str) -> None:
    rows = tuple((Key(f"{label}{number}", OpenCategory(number)),) for number in range(1000))

    written = keyboard_json((*rows, (Key("Home", OpenHome()),)))

    shown = json.loads(written)["inline_keyboard"]
    assert len(written.encode()) <= MOST_BYTES
    assert sum(map(len, shown)) <= MOST_KEYS
    assert shown[-1][0]["text"] == "Home"


def test_a_row_that_is_too_wide_becomes_several() -> None:
    shown = json.loads(keyboard_json((tuple(Key(str(n), OpenCategory(n)) for n in range(20)),)))["inline_keyboard"]

    assert [len(row) for row in shown] == [WIDEST, WIDEST, 4]


@pytest.mark.parametrize(
    ("labels", "sizes"),
    [
        (["−", "1", "+"], [3]),
        (["☀️ Today", "👥 My staff", "📜 Log"], [3]),
        (["💬 8 reviews", "💬 Ask Olga", "↗️ Share"], [2, 1]),
        (["☀️ Today", "🗂️ Categories", "⚙️ Settings"], [2, 1]),
        (["📍 Another address", "🚚 Express, tomorrow"], [1, 1]),
        (["🛍️ Каталог", "🔎 Поиск"], [2]),
        (["📍 Другой адрес", "🚚 Экспресс, завтра"], [1, 1]),
        (["購物車購物車購物車", "購物車"], [1, 1]),
        (["S", "M", "L", "XL", "XXL", "3XL"], [6]),
        (["« Previous", "2 / 14", "Next »"], [3]),
    ],
)
def test_what_a_phone_would_cut_gets_a_row_of_its_own(labels: list[str], sizes: list[int]) -> None:
    shown = json.loads(keyboard_json((tuple(Key(label, OpenHome()) for label in labels),)))["inline_keyboard"]

    assert [key["text"] for row in shown for key in row] == labels
    assert [len(row) for row in shown] == sizes


def test_cutting_looks_at_no_letter_twice() -> None:
    class Counted(str):
        __slots__ = ()
        looks = 0

        def __getitem__(self, key: SupportsIndex | slice) -> str:
            Counted.looks += isinstance(key, int)
            return Counted(str.__getitem__(self, key))

        def __iter__(self) -> Iterator[str]:
            Counted.looks += len(self)
            return str.__iter__(self)

    text = Counted("я😀" * 4000)
    assert end_of(text, 0, 700) == 467  # 234 letters of one unit, 233 of two
    assert Counted.looks <= 700
    Counted.looks = 0
    assert fit_plain(Counted("я" * 4000), 700) == "я" * 699 + "…"
    assert Counted.looks <= 4000 + 700  # once to measure all of it, once to cut
