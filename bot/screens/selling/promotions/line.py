"""A promotion in one line: "SUMMER 20% until 31.8. min 30 limit 100", "auto free shipping min 50"."""

import re
from datetime import date, datetime, tzinfo

from db.models import PromotionKind
from db.numbers import in_ascii, read_id
from shop.products.draft import read_price
from shop.products.sale_days import SaleWish, as_draft, read_day
from shop.promotions import PromotionDraft, fold
from shop.refusals import CannotRead

LONGEST = 200
MOST_TIMES = 1_000_000
_WORDS = {
    "min": "min",
    "ab": "min",
    "от": "min",
    "limit": "limit",
    "лимит": "limit",
    "each": "each",
    "je": "each",
    "каждому": "each",
    "until": "until",
    "bis": "until",
    "до": "until",
    "from": "from",
    "von": "from",
    "с": "from",
    "desde": "from",
    "hasta": "until",
    "límite": "limit",
}
_FIRST = frozenset({"first", "erste", "первый"})
_AUTO = frozenset({"auto", "automatic", "automatisch", "авто"})
_CODES = frozenset({"codes", "коды"})  # one-time codes, made afterwards
_FREE = re.compile(r"\b(free\s*shipping|versandfrei|бесплатная\s+доставка)\b", re.IGNORECASE)
_BUY = re.compile(r"\b(?:buy|kauf|купи)\s+(\d{1,3})\s+(?:get|nimm|получи)\s+(\d{1,3})\b", re.IGNORECASE)
_PERCENT = re.compile(r"[-−–]?(\d{1,3})\s*%")


def read_line(text: str, currency: str, on: date, zone: tzinfo) -> PromotionDraft:
    """The promotion that a line describes; `on` is today where the shop is. Raises CannotRead."""
    cleaned = " ".join(in_ascii(text[:LONGEST]).split())
    name, _, rest = cleaned.partition(" ")
    automatic, one_time = name.casefold() in _AUTO, name.casefold() in _CODES
    code = None if automatic or one_time else fold(name)
    if not automatic and not one_time and code is None:
        raise _unread(name, "promo_code")
    kind, value, buy, free, rest = _gives(rest, currency)
    options, first = _options(rest)
    starts, ends = options.get("from"), options.get("until")
    days = as_draft(
        SaleWish(
            -1,
            read_day(starts, on) if starts else None,
            read_day(ends, on) if ends else None,
        ),
        zone,
    )
    _in_order(days.starts, days.ends, ends)
    return PromotionDraft(
        name=cleaned[:64] if code is None else code,
        kind=kind,
        currency=currency,
        value=value,
        buy_units=buy,
        free_units=free,
        code=code,
        automatic=automatic,
        min_amount=read_price(options["min"], currency) if "min" in options else 0,
        starts_at=days.starts,
        ends_at=days.ends,
        total_limit=_times(options.get("limit")),
        per_person=_times(options.get("each")),
        first_order=first,
    )


def _gives(rest: str, currency: str) -> tuple[PromotionKind, int, int, int, str]:
    if found := _FREE.search(rest):
        return PromotionKind.FREE_SHIPPING, 0, 0, 0, rest[: found.start()] + rest[found.end() :]
    if found := _BUY.search(rest):
        buy, free = int(found[1]), int(found[2])
        if not buy or not free:
            raise _unread(found[0], "promo_form")
        return PromotionKind.BUY_X_GET_Y, 0, buy, free, rest[: found.start()] + rest[found.end() :]
    if found := _PERCENT.match(rest):
        if not 1 <= int(found[1]) <= 99:  # noqa: PLR2004  an order for nothing cannot be paid
            raise _unread(found[0], "promo_percent")
        return PromotionKind.PERCENT, int(found[1]), 0, 0, rest[found.end() :]
    amount, _, rest = rest.partition(" ")
    if not amount:
        raise _unread("", "promo_form")
    return PromotionKind.FIXED, read_price(amount, currency), 0, 0, rest


def _options(rest: str) -> tuple[dict[str, str], bool]:
    options: dict[str, str] = {}
    first = False
    words = iter(rest.split())
    for word in words:
        if word.casefold() in _FIRST:
            first = True
            continue
        name, value = _WORDS.get(word.casefold()), next(words, None)
        if name is None or value is None or name in options:
            raise _unread(word, "promo_form")
        options[name] = value
    return options, first


def _times(text: str | None) -> int | None:
    if text is None:
        return None
    times = read_id(text)
    if times is None or not 0 < times <= MOST_TIMES:
        raise _unread(text, "promo_form")
    return times


def _in_order(starts: datetime | None, ends: datetime | None, given: str | None) -> None:
    if starts is not None and ends is not None and starts >= ends:
        raise _unread(given or "", "sale_dates")


def _unread(given: str, hint: str) -> CannotRead:
    return CannotRead(field="promotion", given=given[:40], hint=hint)
