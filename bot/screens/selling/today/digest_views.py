"""What is said about the look that comes by itself, and the hours to choose from."""

from bot.screens.parts import ways
from bot.screens.selling.today.buttons import OpenToday, SetDigest
from bot.sending.button import Button
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Html, Words
from shop.people.hours import A_DAY

IN_A_ROW = 6


def choose(words: Words, chosen: int | None) -> Screen:
    """Every hour of the day, and a key to have it no more."""
    says = words(
        "🕗 <b>Every day at…</b>\n\nYour first look of the day comes by itself, when there is something to say."
    )
    now = words("It does not come yet.") if chosen is None else words("It comes at {hour}.", hour=hour_of(chosen))
    off = () if chosen is None else ((Key(words.plain("Not any more"), SetDigest()),),)
    rows = grid([(hour, SetDigest(hour)) for hour in range(A_DAY)], chosen)
    return Screen(Html("\n\n").join([says, now]), (*rows, *off, (ways.back(words, OpenToday()), ways.home(words))))


def grid(hours: list[tuple[int, Button]], chosen: int | None) -> Keyboard:
    """A key for each hour, the chosen one marked."""
    keys = [Key(f"• {hour_of(hour)}" if hour == chosen else hour_of(hour), button) for hour, button in hours]
    return tuple(tuple(keys[place : place + IN_A_ROW]) for place in range(0, len(keys), IN_A_ROW))


def hour_of(hour: int) -> str:
    """As clocks of 24 hours show it."""
    return f"{hour:02}:00"
