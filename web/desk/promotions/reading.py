"""What the forms of a promotion say, checked by the rules of the chat's."""

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Any

from db.models import PromotionKind
from db.numbers import in_ascii
from shop.products.draft import read_price
from shop.products.sale_days import first_moment, last_moment, read_day
from shop.promotions import (
    PromotionDraft,
    fold,
    read_percent,
    read_times,
    read_title,
    unread,
)
from shop.refusals import CannotRead

LONGEST = 64  # letters of a field


class Wrong(Exception):  # noqa: N818  a refusal of one field, as those of shop/refusals.py are called
    """A field that cannot be read, and why."""

    def __init__(self, field: str, refusal: CannotRead) -> None:
        super().__init__(field)
        self.field = field
        self.refusal = refusal


def written(form: Mapping[str, Any], name: str) -> str:
    """A field as it was typed."""
    return str(form.get(name, ""))[:LONGEST].strip()


def values(
    form: Mapping[str, Any], kind: PromotionKind, currency: str, on: date, zone: tzinfo, shown: Mapping[str, str]
) -> dict[str, Any]:
    """Every value; `on` is today, what stands as it was `shown` is left out. Raises Wrong."""
    readers: dict[str, Callable[[str], Any]] = {
        "min_amount": lambda text: read_price(in_ascii(text), currency) if text else 0,
        "total_limit": lambda text: read_times(text) if text else None,
        "per_person": lambda text: read_times(text) if text else None,
        "first_order": lambda text: text == "1",
        "starts_at": lambda text: first_moment(read_day(text, on), zone) if text else None,
        "ends_at": lambda text: last_moment(read_day(text, on), zone) if text else None,
    }
    if kind is PromotionKind.PERCENT:
        readers["value"] = read_percent
    elif kind is PromotionKind.FIXED:
        readers["value"] = lambda text: read_price(in_ascii(text), currency)
    elif kind is PromotionKind.BUY_X_GET_Y:
        readers |= {"buy_units": _few, "free_units": _few}
    if "name" in form:
        readers["name"] = read_title
    found: dict[str, Any] = {}
    for name, read in readers.items():
        text = written(form, name)
        if name in shown and text == shown[name]:
            continue
        try:
            found[name] = read(text)
        except CannotRead as refusal:
            raise Wrong(name, refusal) from refusal
    return found


def draft(
    form: Mapping[str, Any],
    currency: str,
    on: date,
    zone: tzinfo,
    named: Callable[[PromotionKind, dict[str, Any]], str],
) -> PromotionDraft:
    """A promotion to be: a draft. Raises Wrong."""
    asked = written(form, "kind")
    kind = PromotionKind(asked) if asked in [*PromotionKind] else PromotionKind.PERCENT
    read = values({name: value for name, value in form.items() if name != "name"}, kind, currency, on, zone, {})
    comes, code = written(form, "comes"), None
    if comes == "code":
        code = fold(str(form.get("code", "")))
        if code is None:
            raise Wrong("code", unread(written(form, "code"), "promo_code"))
    name = code or " ".join(written(form, "name").split()) or named(kind, read)
    return PromotionDraft(
        name=name[:LONGEST],
        kind=kind,
        currency=currency,
        code=code,
        automatic=comes == "itself",
        running=False,
        **read,
    )


def _few(text: str) -> int:
    many = read_times(text)
    if many > 999:  # noqa: PLR2004  as the chat takes
        raise unread(text, "promo_units")
    return many
