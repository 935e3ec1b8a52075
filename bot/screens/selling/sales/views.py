"""The figures of a period in words, what is drawn of them, and the keys that lead to other periods."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from bot.screens.parts import ways
from bot.screens.selling.exports.buttons import ChooseTable
from bot.screens.selling.sales.buttons import ListBest, OpenFigures, SetGround
from bot.screens.selling.sales.chart import Chart
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import SOURCE, Html, Words, mark, words_for
from db.money import exponent
from shop.exporting import Table
from shop.figures import BEST, Cut, Report, Sales, Span

NAME = 60  # letters of a product
MOST = 4  # currencies
SPANS: Mapping[Span, str] = {
    Span.TODAY: mark("Today"),
    Span.WEEK: mark("7 days"),
    Span.MONTH: mark("30 days"),
    Span.YEAR: mark("12 months"),
}
TYPED = {"": Span.WEEK, "7": Span.WEEK, "week": Span.WEEK, "30": Span.MONTH, "month": Span.MONTH, "year": Span.YEAR}


def span_of(words: Words, text: str) -> Span | None:
    """The period that somebody typed, by the name of its key or in English."""
    typed = text.strip().casefold()
    for spoken in (words, words_for(SOURCE)):
        for span, name in SPANS.items():
            if typed == spoken.plain(name).casefold():
                return span
    return TYPED.get(typed)


def explain(words: Words) -> Screen:
    """How periods are written."""
    usage = words(
        "<code>/sales 2026-10</code> shows a month, <code>/sales 2026-10-01 2026-10-15</code> the days from one to "
        "another, up to three years."
    )
    return Screen(usage, keys(words, None))


def keys(words: Words, chosen: Span | None, found: Report | None = None, *, dark: bool = False) -> Keyboard:
    """The other periods, all that was sold where the text has not got it, and the ground on which charts are drawn."""
    spans = tuple(
        Key(("• " if span is chosen else "") + words.plain(name), OpenFigures(span)) for span, name in SPANS.items()
    )
    as_file = Key(words.plain("📤 As a file"), ChooseTable(Table.MONEY))
    if found is None:
        return spans[:2], spans[2:], (as_file, ways.home(words))
    day, days = found.period.first.toordinal(), (found.period.end - found.period.first).days
    ground = Key(words.plain("☀️ Light") if dark else words.plain("🌙 Dark"), SetGround(not dark, day, days))
    last = (as_file, ground, ways.home(words))
    if len(found.best) <= BEST:
        return spans[:2], spans[2:], last
    more = ListBest(day, days)
    return spans[:2], spans[2:], (Key(words.plain("🏆 All that was sold"), more),), last


def text(words: Words, found: Report, zone: tzinfo) -> Html:
    """A line of money, refunds and orders for every currency, and what was sold most."""
    lines = [words("📈 <b>Sales</b> · {period}", period=_named(words, found, zone))]
    before = {one.currency: one for one in found.before}
    now = {one.currency: one for one in found.now}
    for currency in sorted({*now, *before})[:MOST]:
        nothing = Sales(currency, 0, 0, 0)
        lines.append(_sold(words, now.get(currency, nothing), before.get(currency, nothing)))
    if not now and not before:
        lines.append(words("Nothing was paid, nor in the days before."))
    if found.best:
        best = [words("{n} × {name}", n=one.sold, name=fit_plain(one.name, NAME)) for one in found.best[:BEST]]
        lines.append(Html("\n").join([words("<b>Sold most</b>"), *best]))
    lines.append(Html("\n").join(_people(words, found)))
    return Html("\n\n".join(lines))


def _people(words: Words, found: Report) -> list[Html]:
    """How far people came, who they were, what they said, and what still lies on the shelves."""
    funnel, buyers = found.funnel, found.buyers
    steps = [(words.plain("in a cart"), funnel.carts), (words.plain("paid"), funnel.paid)]
    if funnel.visits is not None:
        steps.insert(0, (words.plain("here"), funnel.visits))
    said = " → ".join(f"{what} {words.number(n)}" for what, n in steps)
    most = steps[0][1]
    percent = f" ({words.number(round(funnel.paid * 100 / most))} %)" if most else ""
    lines = [words("People: {steps}{percent}", steps=said, percent=percent)]
    if buyers.new or buyers.returning:
        new, returning = words.number(buyers.new), words.number(buyers.returning)
        lines.append(words("Customers: {new} new, {returning} returning", new=new, returning=returning))
    if found.stars.count:
        average = words.number(round(found.stars.total / found.stars.count, 1))
        n = words.number(found.stars.count)
        lines.append(words("Reviews: {n}, ★ {average} on average", n=n, average=average))
    if found.stock:
        worth = [words.money(amount, currency) for currency, amount in found.stock.items()]
        lines.append(words("Goods in stock: {value} at today's prices", value=", ".join(worth[:MOST])))
    return lines


def chart(words: Words, found: Report, zone: tzinfo) -> Chart:
    """The currency in which most was taken: others stand in the text."""
    words = words.drawn
    busiest = max(found.now, key=lambda one: one.orders, default=None)
    currency = "" if busiest is None else busiest.currency
    scale = 10 ** exponent(currency) if currency else 1
    amounts = found.bars.get(currency, [0] * len(found.begins))
    title = " · ".join(filter(None, (_named(words, found, zone), currency)))
    labels = [_label(words, begins, found.period.cut, zone) for begins in found.begins]
    return Chart(title, labels, [amount / scale for amount in amounts])


def _named(words: Words, found: Report, zone: tzinfo) -> str:
    first = words.date(found.begins[0])
    last = words.date(datetime.combine(found.period.end - timedelta(days=1), datetime.min.time(), tzinfo=zone))
    return first if first == last else f"{first} – {last}"


def _label(words: Words, begins: datetime, cut: Cut, zone: tzinfo) -> str:
    if cut is Cut.HOURS:
        return f"{begins.astimezone(zone):%H}"
    return words.day(begins) if cut is Cut.DAYS else f"{begins.astimezone(zone):%m/%y}"


def _sold(words: Words, now: Sales, before: Sales) -> Html:
    average = now.kept // now.orders if now.orders else 0
    return words(
        "<b>{money}</b> after refunds{arrow}\nbefore: {before}\nOrders: {orders} (before: {orders_before})\n"
        "On average: {average}\nGiven back: {back} (orders: {refunds})",
        money=words.money(now.kept, now.currency),
        arrow=_arrow(words, now.kept, before.kept),
        before=words.money(before.kept, now.currency),
        orders=words.number(now.orders),
        orders_before=words.number(before.orders),
        average=words.money(average, now.currency),
        back=words.money(now.given_back, now.currency),
        refunds=words.number(now.refunds),
    )


def _arrow(words: Words, now: int, before: int) -> str:
    """How much more or less, in whole percents; nothing beside nothing."""
    if before <= 0 or now == before:
        return ""
    percent = words.number(round(abs(now - before) * 100 / before))
    return f" ▲ {percent} %" if now > before else f" ▼ {percent} %"
