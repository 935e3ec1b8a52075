"""The questions of a new promotion: what it gives, how much of it, and how it comes into a cart."""

from bot.screens.parts import ways
from bot.screens.selling.promotions.buttons import (
    ChooseCoded,
    ChooseKind,
    ChooseValue,
    Coded,
    ListPromotions,
    NewPromotion,
)
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import PromotionKind

EXAMPLE = "SUMMER 20% until 31.8. min 30 limit 100"
LINES = (
    EXAMPLE,
    "WELCOME 5.00 first each 1",
    "auto free shipping min 50",
    "auto buy 2 get 1",
    "codes 15% until 31.12.",
)
PERCENTS = (5, 10, 15, 20, 25, 50)
GIFTS = ((1, 1), (2, 1), (3, 1))


def kinds(words: Words, *, problem: str = "") -> Screen:
    """Asks what it shall give."""
    said = [
        problem,
        words("🏷 <b>A new promotion</b>"),
        words("What shall it give? Tap it, or write all of it in one line, such as:"),
        "\n".join(f"<code>{line}</code>" for line in LINES),
        words("“auto” needs no code. “codes” gets codes that count once each, as a file."),
    ]
    rows = (
        (
            Key(words.plain("A percentage"), ChooseKind(PromotionKind.PERCENT)),
            Key(words.plain("An amount"), ChooseKind(PromotionKind.FIXED)),
        ),
        (
            Key(words.plain("Free shipping"), ChooseKind(PromotionKind.FREE_SHIPPING)),
            Key(words.plain("Buy some, get some"), ChooseKind(PromotionKind.BUY_X_GET_Y)),
        ),
        (ways.back(words, ListPromotions()),),
    )
    return Screen("\n\n".join(part for part in said if part), rows)


def value(words: Words, kind: PromotionKind, currency: str, *, problem: str = "") -> Screen:
    """Asks how much of it."""
    rows: tuple[tuple[Key, ...], ...] = ()
    if kind is PromotionKind.PERCENT:
        text = words("How many percent less? Tap, or write a number from 1 to 99.")
        keys = [Key(words.plain("−{n} %", n=words.number(n)), ChooseValue(kind, n)) for n in PERCENTS]
        rows = (tuple(keys[:3]), tuple(keys[3:]))
    elif kind is PromotionKind.FIXED:
        text = words("How much less? Write an amount in {currency}, such as <code>5</code>.", currency=currency)
    else:
        text = words(
            "How many are bought, and how many of these are free beside them? Tap, or write two numbers: "
            "<code>2 1</code> means that of three the cheapest is free."
        )
        rows = (
            tuple(
                Key(words.plain("{x} + {y}", x=words.number(x), y=words.number(y)), ChooseValue(kind, buy=x, free=y))
                for x, y in GIFTS
            ),
        )
    return _question(words, [problem, text], (*rows, (ways.back(words, NewPromotion()),)))


def code(words: Words, gives: ChooseValue, currency: str, *, problem: str = "") -> Screen:
    """Asks how it comes into a cart."""
    text = words("Which code shall your customers type? Write it, such as <code>SUMMER</code>, or tap:")
    again = NewPromotion() if gives.kind is PromotionKind.FREE_SHIPPING else ChooseKind(gives.kind)
    rows = tuple(
        (Key(label, ChooseCoded(gives.kind, gives.value, gives.buy, gives.free, coded)),)
        for label, coded in (
            (words.plain("Without a code, for everybody"), Coded.BY_ITSELF),
            (words.plain("Many codes that count once each"), Coded.ONCE),
        )
    )
    head = words("<b>{gives}</b>", gives=named(words, gives, currency))
    return _question(words, [problem, head, text], (*rows, (ways.back(words, again),)))


def named(words: Words, gives: ChooseValue, currency: str) -> str:
    """What it gives, as it is called where it has no code (plain text)."""
    if gives.kind is PromotionKind.PERCENT:
        return words.plain("{n} % off", n=words.number(gives.value))
    if gives.kind is PromotionKind.FIXED:
        return words.plain("{amount} off", amount=words.money(gives.value, currency))
    if gives.kind is PromotionKind.FREE_SHIPPING:
        return words.plain("Free shipping")
    return words.plain("Buy {x}, get {y}", x=words.number(gives.buy), y=words.number(gives.free))


def _question(words: Words, parts: list[str], rows: tuple[tuple[Key, ...], ...]) -> Screen:
    said = [words("🏷 <b>A new promotion</b>"), *parts]
    return Screen("\n\n".join(part for part in said if part), rows)
