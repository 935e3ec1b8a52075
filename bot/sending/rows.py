"""Which keys stand beside each other: as a screen wishes, and below each other where a phone would cut their words."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, takewhile

from bot.sending.reply import Key

WIDEST = 8  # keys a row, Bot API
ROOM = (0.0, float("inf"), 14.5, 9.1, 6.5, 5.0, 4.0, 3.3, 2.8)  # letters in each of so many keys, on 390 pixels
NARROW, WIDE = frozenset(" ,.:;!|'()[]fijltI1-·‹›«»"), frozenset("mwMWшщмжюыфШЩМЖЮЫФ@%…—")


def rows_of(row: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    """The row as it is, or as few rows as it takes to read every key."""
    if len(row) == 1:  # most rows are one key, and a catalogue has hundreds of names
        yield row
        return
    while row:
        fits = next(size for size in range(min(len(row), WIDEST), 0, -1) if _fit(row[:size]))
        yield row[:fits]
        row = row[fits:]


def _fit(keys: tuple[Key, ...]) -> bool:
    return len(keys) == 1 or all(width(key.label) <= ROOM[len(keys)] for key in keys)


def cut(label: str, beside: int) -> str:
    """The label as one of so many keys beside each other has room for it: the text above says it in full."""
    if width(label) <= ROOM[beside]:
        return label
    room = ROOM[beside] - _letter("…")
    taken = list(takewhile(lambda ends: ends <= room, accumulate(map(_letter, label))))
    return label[: len(taken)].rstrip() + "…"


@lru_cache(1024)
def width(label: str) -> float:
    """About how many ordinary letters a label is wide: a pictogram is as wide as two."""
    return sum(map(_letter, label))


@lru_cache(4096)
def _letter(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:  # an accent, a mark of direction, "shown as a picture"
        return 0
    if letter in NARROW:
        return 0.5
    if letter in WIDE:
        return 1.4
    if unicodedata.category(letter) == "So" or unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 2
    return 1.2 if letter.isupper() else 1
