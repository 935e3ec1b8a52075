"""A promotion in words: what it gives, how it stands, what it asks for."""

from datetime import datetime, timedelta
from typing import Any

from db.models import Promotion, PromotionKind
from db.money import Money
from shop.promotions import never_ran
from web.desk.words import Words, mark

KINDS = {
    PromotionKind.PERCENT: mark("so many percent less"),
    PromotionKind.FIXED: mark("an amount less"),
    PromotionKind.BUY_X_GET_Y: mark("buy some, get some free"),
    PromotionKind.FREE_SHIPPING: mark("free shipping"),
}
DAY = "%Y-%m-%d"


def gives(words: Words, one: Promotion) -> str:
    """What it takes off."""
    if one.kind is PromotionKind.PERCENT:
        return f"\u2212{words.number(one.value)} %"
    if one.kind is PromotionKind.FIXED:
        return f"\u2212{words.money(one.value, one.currency)}"
    if one.kind is PromotionKind.FREE_SHIPPING:
        return words.plain("free shipping")
    return words.plain("buy {x}, get {y}", x=words.number(one.buy_units), y=words.number(one.free_units))


def named(words: Words, kind: PromotionKind, values: dict[str, Any], currency: str) -> str:
    """What it is called where it has no code, and nobody wrote a name."""
    if kind is PromotionKind.PERCENT:
        return words.plain("{n} % off", n=words.number(values["value"]))
    if kind is PromotionKind.FIXED:
        return words.plain("{amount} off", amount=words.money(values["value"], currency))
    if kind is PromotionKind.FREE_SHIPPING:
        return words.plain("Free shipping")
    return words.plain("Buy {x}, get {y}", x=words.number(values["buy_units"]), y=words.number(values["free_units"]))


def standing(words: Words, one: Promotion, now: datetime) -> tuple[str, str]:
    """How it stands, and the colour of that."""
    if never_ran(one):
        return words.plain("draft"), "yellow"
    if one.stopped_at is not None:
        return words.plain("stopped"), "secondary"
    if one.ends_at is not None and one.ends_at <= now:
        return words.plain("over"), "secondary"
    if one.total_limit is not None and one.used >= one.total_limit:
        return words.plain("used up"), "secondary"
    if one.starts_at is not None and one.starts_at > now:
        return words.plain("begins later"), "blue"
    return words.plain("runs"), "green"


def row(words: Words, one: Promotion, now: datetime) -> dict[str, Any]:
    """One in the list."""
    said, colour = standing(words, one, now)
    used = words.number(one.used)
    if one.total_limit is not None:
        used = f"{used} / {words.number(one.total_limit)}"
    return {
        "id": one.id,
        "name": one.name,
        "gives": gives(words, one),
        "automatic": one.automatic,
        "used": used,
        "standing": said,
        "colour": colour,
    }


def fields(words: Words, one: Promotion) -> dict[str, str]:
    """What the form has in it; days are those of the shop."""
    fixed = one.kind is PromotionKind.FIXED
    last = None if one.ends_at is None else one.ends_at - timedelta(microseconds=1)
    return {
        "name": one.name,
        "value": str(Money(one.value, one.currency).major()) if fixed else str(one.value),
        "buy_units": str(one.buy_units),
        "free_units": str(one.free_units),
        "min_amount": str(Money(one.min_amount, one.currency).major()) if one.min_amount else "",
        "total_limit": str(one.total_limit or ""),
        "per_person": str(one.per_person or ""),
        "first_order": "1" if one.first_order else "",
        "starts_at": one.starts_at.astimezone(words.zone).strftime(DAY) if one.starts_at is not None else "",
        "ends_at": last.astimezone(words.zone).strftime(DAY) if last is not None else "",
    }
