"""What is said about the look that comes by itself, and the hours to choose from."""

from bot.screens.parts import ways
from bot.screens.selling.today.buttons import OpenToday, SetDigest
from bot.screens.selling.today.hour_keys import grid, hour_of
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from shop.people.hours import A_DAY


def choose(words: Words, chosen: int | None) -> Screen:
    """Every hour of the day, and a key to have it no more."""
    says = words(
        "🕗 <b>Every day at…</b>\n\nYour first look of the day comes by itself, when there is something to say."
    )
    now = words("It does not come yet.") if chosen is None else words("It comes at {hour}.", hour=hour_of(chosen))
    off = () if chosen is None else ((Key(words.plain("Not any more"), SetDigest()),),)
    rows = grid([(hour, SetDigest(hour)) for hour in range(A_DAY)], chosen)
    return Screen(Html("\n\n").join([says, now]), (*rows, *off, (ways.back(words, OpenToday()), ways.home(words))))
