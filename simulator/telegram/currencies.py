"""The currencies in which Telegram takes money, and how little and how much an invoice may ask for."""

import tomllib
from functools import cache
from pathlib import Path

STARS = "XTR"


@cache
def _table() -> dict[str, tuple[int, int]]:
    text = Path(__file__).with_name("currencies.toml").read_text(encoding="utf-8")
    return {code: (low, high) for code, (low, high) in tomllib.loads(text)["range"].items()}


def range_of(currency: str) -> tuple[int, int] | None:
    """(least, most) in the currency's smallest units; None for a currency Telegram does not take."""
    return _table().get(currency)
