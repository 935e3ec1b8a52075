"""What was sold in a period, the most first, page by page."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.screens.parts import ways
from bot.screens.selling.sales.buttons import ListBest, OpenPeriod
from bot.sending.cutting import fit_plain
from bot.sending.reply import Screen
from bot.words import Html, Words
from shop.figures import Best, Period

NAME = 60  # letters of a product


def best(words: Words, period: Period, found: Sequence[Best], *, page: int, size: int) -> Screen:
    """A line each."""
    day, days = period.first.toordinal(), (period.end - period.first).days
    head = words("🏆 <b>Sold most</b> · {period}", period=named(words, period))
    lines = [words("{n} × {name}", n=one.sold, name=fit_plain(one.name, NAME)) for one in found[:size]]
    turned = ways.pages(
        words,
        ListBest(day, days, page - 1) if page else None,
        ListBest(day, days, page + 1) if len(found) > size else None,
    )
    said = Html("\n").join(lines) if lines else words("Nothing was sold.")
    last = (ways.back(words, OpenPeriod(day, days)), ways.home(words))
    return Screen(Html("\n\n").join([head, said]), (turned, last) if turned else (last,))


def named(words: Words, period: Period) -> str:
    """From its first day to its last."""
    noon = time(12)
    days = (period.first, period.end - timedelta(days=1))
    first, last = (words.date(datetime.combine(day, noon, tzinfo=words.zone)) for day in days)
    return first if first == last else f"{first} – {last}"
