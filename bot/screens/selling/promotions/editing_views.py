"""The limits and days of a promotion, and the question for each of its values."""

from datetime import date, datetime, time, timedelta, tzinfo

from bot.screens.parts import ways
from bot.screens.selling.promotions.buttons import AskField, Field, OpenCodes, OpenConditions, OpenPromotion, SetField
from bot.screens.selling.promotions.making_views import PERCENTS
from bot.screens.selling.promotions.views import conditions_of, gives
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Promotion, PromotionKind

TIMES = (1, 2, 10, 50, 100, 500)


def conditions(words: Words, about: Promotion) -> Screen:
    """Each of them a key that shows its value."""
    none = words.plain("no limit")
    total = words.number(about.total_limit) if about.total_limit is not None else none
    each = words.number(about.per_person) if about.per_person is not None else none
    amount = words.money(about.min_amount, about.currency) if about.min_amount else words.plain("any amount")
    begins = words.day(about.starts_at) if about.starts_at is not None else words.plain("at once")
    ends = words.day(_last_moment(about.ends_at)) if about.ends_at is not None else words.plain("never")
    first = ("✓ " if about.first_order else "") + words.plain("First order only")
    rows = (
        (
            Key(words.plain("In all: {n}", n=total), AskField(about.id, Field.TOTAL_LIMIT)),
            Key(words.plain("Each: {n}", n=each), AskField(about.id, Field.PER_PERSON)),
        ),
        (
            Key(words.plain("From: {amount}", amount=amount), AskField(about.id, Field.MIN_AMOUNT)),
            Key(first, SetField(about.id, Field.FIRST_ORDER, int(not about.first_order))),
        ),
        (
            Key(words.plain("Begins: {when}", when=begins), AskField(about.id, Field.STARTS)),
            Key(words.plain("Ends: {when}", when=ends), AskField(about.id, Field.ENDS)),
        ),
        (ways.back(words, OpenPromotion(about.id)), ways.home(words)),
    )
    said = [_head(words, about), "\n".join(conditions_of(words, about)) or words("It counts for everybody, always.")]
    return Screen("\n\n".join(said), rows)


def question(words: Words, about: Promotion, field: Field, *, on: date, zone: tzinfo, problem: str = "") -> Screen:
    """What shall it be? Tapped or written."""
    back: Button = OpenPromotion(about.id) if field in {Field.NAME, Field.VALUE} else OpenConditions(about.id)
    if field is Field.CODES:
        back = OpenCodes(about.id)
    text, rows = _asked(words, about, field, on, zone)
    parts = [problem, _head(words, about), text]
    return Screen("\n\n".join(part for part in parts if part), (*rows, (ways.back(words, back),)))


def _asked(
    words: Words, about: Promotion, field: Field, on: date, zone: tzinfo
) -> tuple[str, tuple[tuple[Key, ...], ...]]:
    if field is Field.NAME:
        return words("How is it called, where customers see it? Write it."), ()
    if field is Field.CODES:
        return words("How many codes shall be made? Write a number."), ()
    if field is Field.VALUE:
        return _value(words, about)
    if field is Field.MIN_AMOUNT:
        free = Key(words.plain("From any amount"), SetField(about.id, field))
        return words("From which amount of goods on? Write it, such as <code>30</code>."), ((free,),)
    if field in {Field.STARTS, Field.ENDS}:
        return _day(words, about, field, on, zone)
    keys = [Key(words.number(n), SetField(about.id, field, n)) for n in TIMES]
    none = Key(words.plain("No limit"), SetField(about.id, field))
    rows = (tuple(keys), (none,))
    if field is Field.TOTAL_LIMIT:
        return words("How many orders may use it in all? Tap, or write a number."), rows
    return words("How often may one person use it? Tap, or write a number."), rows


def _value(words: Words, about: Promotion) -> tuple[str, tuple[tuple[Key, ...], ...]]:
    if about.kind is PromotionKind.PERCENT:
        keys = tuple(
            Key(words.plain("−{n} %", n=words.number(n)), SetField(about.id, Field.VALUE, n)) for n in PERCENTS
        )
        return words("How many percent less? Tap, or write a number from 1 to 99."), (keys[:3], keys[3:])
    if about.kind is PromotionKind.FIXED:
        text = words("How much less? Write an amount in {currency}, such as <code>5</code>.", currency=about.currency)
        return text, ()
    return words("How many are bought, and how many are free? Write two numbers: <code>2 1</code>"), ()


def _day(
    words: Words, about: Promotion, field: Field, on: date, zone: tzinfo
) -> tuple[str, tuple[tuple[Key, ...], ...]]:
    spans = [(words.plain("Tomorrow"), 1), (words.plain("In a week"), 7), (words.plain("In a month"), 30)]
    without = words.plain("At once")
    text = words("From which day? Tap, or write it: <code>1.12.</code>")
    if field is Field.ENDS:
        spans = [(words.plain("Today"), 0), (words.plain("In a week"), 7), (words.plain("In a month"), 30)]
        without = words.plain("Without an end")
        text = words("Until which day, that one included? Tap, or write it: <code>24.12.</code>")
    keys = tuple(
        (
            Key(
                words.plain("{span} · {day}", span=label, day=words.day(_noon(on + timedelta(days=days), zone))),
                SetField(about.id, field, (on + timedelta(days=days)).toordinal()),
            ),
        )
        for label, days in spans
    )
    return text, (*keys, (Key(without, SetField(about.id, field)),))


def _head(words: Words, about: Promotion) -> str:
    return words("🏷 <b>{name}</b> — {gives}", name=about.name, gives=gives(words, about))


def _last_moment(ends: datetime) -> datetime:
    return ends - timedelta(microseconds=1)


def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)
