"""The hours of a day as keys."""

from collections.abc import Sequence

from bot.sending.button import Button
from bot.sending.reply import Key, Keyboard

IN_A_ROW = 6


def grid(hours: Sequence[tuple[int, Button]], chosen: int | None) -> Keyboard:
    """A key for each hour, the chosen one marked."""
    keys = [Key(f"• {hour_of(hour)}" if hour == chosen else hour_of(hour), button) for hour, button in hours]
    return tuple(tuple(keys[place : place + IN_A_ROW]) for place in range(0, len(keys), IN_A_ROW))


def hour_of(hour: int) -> str:
    """As clocks of 24 hours show it."""
    return f"{hour:02}:00"


def between(begins: int, ends: int) -> str:
    """From one hour to another."""
    return f"{hour_of(begins)}–{hour_of(ends)}"
