"""What shall it cost for a while, from when and until when."""

from datetime import date, datetime, time, timedelta, tzinfo

from bot.screens.parts import ways
from bot.screens.parts.goods import beside_old
from bot.screens.selling.products.buttons import AskSale, EndSale, LeaveForm, SaleQuestion, SetSale
from bot.screens.selling.products.views import full_name, sale_line
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.pricing import offer_at
from shop.products.owned import OwnedProduct
from shop.products.sale_days import SaleWish

PERCENTS = (10, 20, 30, 50)


def amount(words: Words, item: OwnedProduct, *, now: datetime, problem: str = "") -> Screen:
    """What it shall cost: a price or a percentage, tapped or written."""
    product = item.product
    offer = offer_at(product, now)
    lines = [words("Now: {value}", value=beside_old(words, offer.price, offer.was, product.currency))]
    sale = sale_line(words, item, now)
    if sale:
        lines.append(sale)
    if item.is_parent:
        lines.append(words("The sale is for all its variants; open one to reduce it alone."))
    text = words(
        "What shall it cost for a while? Tap, or write a price or a percentage, with the days if you like:\n"
        "<code>9.90 until 24.12.</code>\n<code>-20% from 1.12. until 24.12.</code>"
    )
    keys = tuple(
        Key(words.plain("−{n} %", n=words.number(n)), AskSale(product.id, SaleQuestion.LAST, -n)) for n in PERCENTS
    )
    ending = ((Key(words.plain("✕ End the sale"), EndSale(product.id)),),) if sale else ()
    return _screen(words, item, [problem, "\n".join(lines), text], (keys, *ending))


def last_day(words: Words, item: OwnedProduct, wish: SaleWish, *, on: date, zone: tzinfo, problem: str = "") -> Screen:
    """Its last day; the way to begin later than now."""
    number, first = item.product.id, None if wish.first is None else wish.first.toordinal()
    begins = wish.first or on
    spans = (
        (words.plain("Today") if wish.first is None else words.plain("One day"), 1),
        (words.plain("3 days"), 3),
        (words.plain("A week"), 7),
        (words.plain("A month"), 30),
    )
    keys = []
    for label, days in spans:
        last = begins + timedelta(days=days - 1)
        said = words.plain("{span} · to {day}", span=label, day=words.day(_noon(last, zone)))
        keys.append(Key(said, SetSale(number, wish.amount, first, last.toordinal())))
    rows = [tuple(keys[:2]), tuple(keys[2:])]
    rows.append((Key(words.plain("Without an end"), SetSale(number, wish.amount, first)),))
    if wish.first is None:
        rows.append((Key(words.plain("⏱ Begin later"), AskSale(number, SaleQuestion.FIRST, wish.amount)),))
    text = words("Until which day, that one included? Tap, or write it: <code>24.12.</code>")
    return _screen(words, item, [problem, _wished(words, item, wish, zone), text], tuple(rows))


def first_day(words: Words, item: OwnedProduct, wish: SaleWish, *, on: date, zone: tzinfo, problem: str = "") -> Screen:
    """Its first day."""
    spans = (
        (words.plain("Tomorrow"), 1),
        (words.plain("In 3 days"), 3),
        (words.plain("In a week"), 7),
        (words.plain("In a month"), 30),
    )
    keys = []
    for label, days in spans:
        first = on + timedelta(days=days)
        said = words.plain("{span} · {day}", span=label, day=words.day(_noon(first, zone)))
        keys.append(Key(said, AskSale(item.product.id, SaleQuestion.LAST, wish.amount, first.toordinal())))
    now = (Key(words.plain("At once"), AskSale(item.product.id, SaleQuestion.LAST, wish.amount)),)
    text = words("From which day? Tap, or write it: <code>1.12.</code>")
    parts = [problem, _wished(words, item, wish, zone), text]
    return _screen(words, item, parts, (tuple(keys[:2]), tuple(keys[2:]), now))


def _wished(words: Words, item: OwnedProduct, wish: SaleWish, zone: tzinfo) -> str:
    if wish.amount < 0:
        said = words("Sale: <b>−{n} %</b>", n=words.number(-wish.amount))
    else:
        said = words("Sale: <b>{price}</b>", price=words.money(wish.amount, item.product.currency))
    if wish.first is None:
        return said
    return said + " · " + words("from {day}", day=words.date(_noon(wish.first, zone)))


def _screen(words: Words, item: OwnedProduct, parts: list[str], rows: tuple[tuple[Key, ...], ...]) -> Screen:
    head = words("🏷 <b>{name}</b> · sale price", name=full_name(item))
    problem, *rest = parts
    text = "\n\n".join(part for part in (problem, head, *rest) if part)
    return Screen(text, (*rows, (ways.back(words, LeaveForm(item.product.id)),)))


def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)
