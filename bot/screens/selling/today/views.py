"""What the first look of the day shows: a line each, and a key that opens what the line counts."""

from collections.abc import Sequence
from datetime import datetime

from bot.screens.buying.messages.buttons import ReadSalesThread
from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import ListSales
from bot.screens.selling.products.buttons import OpenLow
from bot.screens.selling.returns.buttons import ListSalesReturns
from bot.screens.selling.reviews.buttons import ListReceived
from bot.screens.selling.today.buttons import OpenDigest, OpenQuiet, OpenToday
from bot.screens.selling.today.hour_keys import between, hour_of
from bot.sending.button import Button
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Html, Words
from db.models import OrderStatus
from shop.figures import MOST, Morning, Sales
from shop.people.hours import Hours
from shop.reviews import Which


def today(words: Words, morning: Morning, chosen: Hours | None, *, now: datetime) -> Screen:
    """Everything that this person may see, in the order in which a day is begun; `chosen` are their own hours."""
    head = words("☀️ <b>Today</b> · {day}", day=words.day(now))
    rows = _lines(words, morning)
    lines = [words("{what}: <b>{n}</b>", what=label, n=_count(words, n)) for label, n, _ in rows]
    parts = [head, Html("\n").join(lines)] if lines else [head]
    if morning.yesterday is not None:
        parts.append(_yesterday(words, morning.yesterday, morning.day_before))
    keys = tuple(
        Key(f"{_short(words, opens, label)} ({_count(words, n)})" if n else _short(words, opens, label), opens)
        for label, n, opens in rows
        if opens is not None
    )
    last = (Key(words.plain("↻ Look again"), OpenToday()), ways.home(words))
    own = () if chosen is None else (_hours(words, chosen),)
    return Screen("\n\n".join(parts), (*_in_pairs(keys), *own, last))


def _hours(words: Words, chosen: Hours) -> tuple[Key, ...]:
    at = chosen.digest
    label = words.plain("🕗 Daily") if at is None else f"🕗 {hour_of(at)}"
    quiet = words.plain("🌙 Quiet hours") if chosen.quiet is None else f"🌙 {between(*chosen.quiet)}"
    return Key(label, OpenDigest()), Key(quiet, OpenQuiet())


def _lines(words: Words, morning: Morning) -> list[tuple[str, int, Button | None]]:
    waiting = None if morning.waiting is None else ReadSalesThread(morning.waiting)
    every: tuple[tuple[str, int | None, Button | None], ...] = (
        (words.plain("🛎 New orders"), morning.new, ListSales()),
        (words.plain("🚚 To do"), morning.to_do, ListSales(OrderStatus.PROCESSING)),
        (words.plain("💬 Unanswered"), morning.unanswered, waiting),
        *(((words.plain("↩️ Returns"), morning.returns, ListSalesReturns()),) if morning.returns else ()),
        (words.plain("📉 Running low"), morning.low, OpenLow()),
        (words.plain("⭐ Reviews to answer"), morning.reviews, ListReceived(Which.UNANSWERED)),
    )
    return [(label, n, opens) for label, n, opens in every if n is not None]


def _short(words: Words, opens: Button, label: str) -> str:
    """What fits on half a row of a phone."""
    if isinstance(opens, OpenLow):
        return words.plain("📉 Low")
    return words.plain("⭐ Reviews") if isinstance(opens, ListReceived) else label


def _count(words: Words, n: int) -> str:
    return words.number(n) if n <= MOST else f"{words.number(MOST)}+"


def _yesterday(words: Words, sales: Sequence[Sales], before: Sequence[Sales]) -> Html:
    lines = [words("<b>Yesterday</b>: {sales}", sales=_sum(words, sales))]
    lines.append(words("the day before: {sales}", sales=_sum(words, before)))
    return Html("\n").join(lines)


def _sum(words: Words, sales: Sequence[Sales]) -> str:
    """Money by currency, after what went back, and from how many orders."""
    if not sales:
        return words.plain("nothing sold")
    money = ", ".join(words.money(one.kept, one.currency) for one in sales)
    count = sum(one.orders for one in sales)
    return words.plain("{money} ({orders})", money=money, orders=words.plain_n("{n} order", "{n} orders", count))


def _in_pairs(keys: Sequence[Key]) -> Keyboard:
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))
