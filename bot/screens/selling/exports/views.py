"""Which tables there are, from when to when they go, and what a file holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from bot.screens.parts import ways
from bot.screens.selling.exports.buttons import ChooseTable, MakeTable, OpenExports
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from shop.exporting import Asked, Span, Stretch, Table, between

TABLES: Mapping[Table, str] = {
    Table.PRODUCTS: mark("🏷 Products"),
    Table.ORDERS: mark("🧾 Orders"),
    Table.LINES: mark("🧾 Lines of orders"),
    Table.CUSTOMERS: mark("👤 Customers"),
    Table.MONEY: mark("💶 Money"),
    Table.RETURNS: mark("↩️ Returns"),
    Table.RECEIPTS: mark("🧾 Receipts"),
}
ABOUT: Mapping[Table, str] = {
    Table.PRODUCTS: mark(
        "Everything you sell, with prices and stock. Send the file back to me, and I take in what you changed."
    ),
    Table.ORDERS: mark("A row for each order: who, what, how much, and where it goes."),
    Table.LINES: mark("A row for each line of an order: SKU, quantity and price."),
    Table.CUSTOMERS: mark("A row for each customer who ordered: how often, and what they paid."),
    Table.MONEY: mark("A row for each payment and each refund, refunds below zero."),
    Table.RETURNS: mark("What was sent back, a row for each line: why, how far it came, what was given back."),
    Table.RECEIPTS: mark("Receipts by number, a row for each of their rates of tax, refunds below zero."),
}
SPANS: Mapping[Span, str] = {
    Span.TODAY: mark("Today"),
    Span.WEEK: mark("7 days"),
    Span.MONTH: mark("This month"),
    Span.LAST_MONTH: mark("Last month"),
    Span.YEAR: mark("This year"),
    Span.ALL: mark("All"),
}
CSV = "csv"


class Typed(Struct, frozen=True):
    """What somebody wrote behind the command; without a stretch the keys ask for it."""

    table: Table
    stretch: Stretch | None
    csv: bool


def read(text: str) -> Typed | None:
    """`orders`, `orders 2026-10`, `lines 2026-10-01 2026-10-15 csv`; None for anything else."""
    words = text.casefold().split()
    csv = CSV in words
    words = [word for word in words if word not in {CSV, "xlsx"}]
    if not words or words[0] not in [*Table]:
        return None
    table, rest = Table(words[0]), " ".join(words[1:])
    stretch = between(rest) if rest else Stretch() if table is Table.PRODUCTS and csv else None
    return None if rest and stretch is None else Typed(table, stretch, csv)


def tables(words: Words, some: Sequence[Table], *, unknown: bool = False) -> Screen:
    """The tables, and how one is asked for in writing."""
    parts = [words("⚠️ This I did not understand.")] if unknown else []
    parts.append(words("📤 <b>Take along as a file</b>"))
    parts.append(
        Html("\n").join(
            words("{table}: {about}", table=words.plain(TABLES[one]), about=words.plain(ABOUT[one])) for one in some
        )
    )
    if Table.PRODUCTS not in some or len(some) > 1:
        parts.append(words("Any days: <code>/export {table} 2026-10-01 2026-10-15</code>", table=some[-1].value))
    keys = [Key(words.plain(TABLES[one]), ChooseTable(one)) for one in some]
    rows = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Screen(Html("\n\n").join(parts), (*rows, (ways.home(words),)))


def periods(words: Words, table: Table, *, csv: bool) -> Screen:
    """From when to when; the kind of file is changed by a key."""
    text = words("📤 <b>{table}</b>\n\n{about}", table=words.plain(TABLES[table]), about=words.plain(ABOUT[table]))
    kinds = tuple(
        Key(("● " if csv is chosen else "") + label, ChooseTable(table, chosen))
        for chosen, label in ((False, words.plain("Excel")), (True, "CSV"))
    )
    if table is Table.PRODUCTS:
        spans = [Key(words.plain("📤 Send the file"), MakeTable(table, Span.ALL, csv), style="primary")]
    else:
        text += words("\n\nFrom when?")
        spans = [Key(words.plain(name), MakeTable(table, span, csv)) for span, name in SPANS.items()]
    rows = tuple(tuple(spans[start : start + 2]) for start in range(0, len(spans), 2))
    return Screen(text, (*rows, kinds, (ways.back(words, OpenExports()), ways.home(words))))


def caption(words: Words, asked: Asked, rows: int, zone: tzinfo) -> Html:
    """What the file holds."""
    count = words.n("{n} row", "{n} rows", rows)
    return words(
        "{table} · {period} · {count}",
        table=words.plain(TABLES[asked.table]),
        period=_named(words, asked.stretch, zone),
        count=count,
    )


def nothing(words: Words, asked: Asked) -> Screen:
    """An empty table is not sent."""
    text = words("📤 <b>{table}</b>\n\nThere is nothing in this time.", table=words.plain(TABLES[asked.table]))
    return Screen(text, ((ways.back(words, ChooseTable(asked.table, asked.csv)), ways.home(words)),))


def too_much(words: Words, asked: Asked) -> Screen:
    """More than goes through the chat."""
    text = words(
        "📤 <b>{table}</b>\n\nThis is too much for one file in the chat. Choose a shorter time, or let who runs the "
        "shop use <code>storefront export</code>.",
        table=words.plain(TABLES[asked.table]),
    )
    return Screen(text, ((ways.back(words, ChooseTable(asked.table, asked.csv)), ways.home(words)),))


def _named(words: Words, stretch: Stretch, zone: tzinfo) -> str:
    if stretch.first is None or stretch.end is None:
        return words.plain("All")
    first, last = (
        words.date(datetime.combine(day, datetime.min.time(), tzinfo=zone))
        for day in (stretch.first, stretch.end - timedelta(days=1))
    )
    return first if first == last else f"{first} – {last}"
