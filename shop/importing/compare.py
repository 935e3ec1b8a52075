"""The difference between what a file wants and what is stored: pure, and shown as it is by a dry run."""

from datetime import datetime

from msgspec import Struct, field

from db.money import Money
from db.texts import with_columns
from shop.importing.matching import Elsewhere, matched, nowhere
from shop.importing.pictures import taken_in_chat
from shop.importing.report import Change, Problem, ProductDiff, Verdict
from shop.importing.saying import said
from shop.importing.stored import Stored, photo_of
from shop.importing.wanted import FIELDS, Value, Wanted


class Plan(Struct):
    """What to do about one product of the file: make it, change the stored one, or nothing.

    `grows`: the stored product had no variants until now and becomes the first variant of a new parent.
    `stock` is the quantity to set, or None to leave the stock alone.
    """

    wanted: Wanted
    stored: Stored | None
    changes: tuple[Change, ...] = ()
    stock: int | None = None
    variants: list["Plan"] = field(default_factory=list)
    grows: Stored | None = None
    moves_in: bool = False

    @property
    def verdict(self) -> Verdict:
        """New, changed or unchanged."""
        if self.stored is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED


def plan(
    wanted: list[Wanted], stored: dict[str, Stored], aside: list[Problem], elsewhere: Elsewhere = nowhere
) -> list[Plan]:
    """One plan a product; what means something else in the shop is set aside."""
    mine = matched(wanted, stored, elsewhere)
    plans = []
    for one in wanted:
        made = _plan_one(one, mine, aside)
        if made is not None:
            plans.append(made)
    return plans


def _plan_one(one: Wanted, matches: dict[int, Stored], aside: list[Problem]) -> Plan | None:
    mine = matches.get(id(one))
    grows = None
    if mine is not None and one.is_parent and mine.in_stock is not None and mine.product.parent_id is None:
        grows, mine = mine, None
    fault = _fault(one, mine)
    if fault is not None:
        aside.append(fault)
        return None
    made = _compare(one, mine)
    made.grows = grows
    made.variants = _plan_variants(one, made, matches, aside)
    return made if made.variants or not one.is_parent else None


def diffs(plans: list[Plan]) -> list[ProductDiff]:
    """The plans as a report shows them, variants after their product."""
    return [
        ProductDiff(one.wanted.line, one.wanted.sku, _title(one), one.verdict, one.changes, one is not top)
        for top in plans
        for one in (top, *top.variants)
    ]


def _title(one: Plan) -> str:
    label = one.wanted.values.get("option_label")
    name = one.stored.product.name if one.stored and "name" not in one.wanted.values else one.wanted.name
    return f"{name} ({label})" if label else name


def _fault(one: Wanted, mine: Stored | None) -> Problem | None:
    """Why the product cannot be taken as it stands."""
    if mine is None:
        missing = next((column for column in ("name", "price") if column not in one.values), None)
        return (
            Problem(one.line, said("{sku} is new: it needs a {missing}", sku=one.sku, missing=missing), missing)
            if missing
            else None
        )
    if mine.product.parent_id is not None:
        if not one.is_parent and one.values.get("name") in {None, mine.product.name}:
            return None  # a list of SKUs and quantities may name variants directly
        return Problem(
            one.line,
            said("the SKU {sku} is a variant of {name} in the shop", sku=one.sku, name=repr(mine.product.name)),
            "SKU",
        )
    if not one.is_parent and mine.in_stock is None and one.quantity is not None:
        return Problem(
            one.line,
            said("{name} is sold in variants in the shop, here it has none", name=repr(mine.product.name)),
            "SKU",
        )
    return None


def _plan_variants(one: Wanted, above: Plan, matches: dict[int, Stored], aside: list[Problem]) -> list[Plan]:
    plans: list[Plan] = []
    for variant in one.variants:
        mine = matches.get(id(variant))
        if mine is None and above.grows is not None and not plans:
            mine = above.grows
        moves_in = mine is not None and mine.product.parent_id is None and mine.in_stock is not None
        fault = _variant_fault(variant, mine, above, moves_in=moves_in)
        if fault is not None:
            aside.append(fault)
            continue
        made = _compare(variant, mine)
        made.moves_in = moves_in
        if moves_in:
            made.changes = (Change("variant of", "", one.sku), *made.changes)
        plans.append(made)
    return plans


def _variant_fault(variant: Wanted, mine: Stored | None, above: Plan, *, moves_in: bool) -> Problem | None:
    if mine is None and "price" not in variant.values:
        return Problem(variant.line, said("{sku} is new: it needs a price", sku=variant.sku), "price")
    parent_id = above.stored.product.id if above.stored else None
    if mine is not None and not moves_in and (parent_id is None or mine.product.parent_id != parent_id):
        return Problem(
            variant.line,
            said("the SKU {sku} belongs to {name} in the shop", sku=variant.sku, name=repr(mine.product.name)),
            "SKU",
        )
    return None


def _compare(one: Wanted, mine: Stored | None) -> Plan:
    if mine is None:
        return Plan(one, None, stock=None if one.is_parent else one.quantity or 0)
    if one.values.get("image_url") and one.values.get("more_images") == "":
        # a file with one picture has no others; what was taken in the chat is in no file of another shop
        one.values["more_images"] = taken_in_chat(mine.more_images)
    stated = {"sku": one.sku, **one.values}
    if "texts" in stated:
        stated["texts"] = with_columns(mine.product.texts, str(stated["texts"]))
    changes = []
    for name in FIELDS:
        if name not in stated or (name == "low_stock_at" and mine.in_stock is None):
            continue
        before, after = _current(mine, name), stated[name]
        if not _is_same(name, before, stated, mine):
            changes.append(Change(name, _shown(name, before, mine), _shown(name, after, mine)))
    stock = _stock(one, mine)
    if stock is not None and stock != mine.in_stock:
        changes.append(Change("quantity", str(mine.in_stock), str(stock)))
    else:
        stock = None
    return Plan(one, mine, tuple(changes), stock)


def _is_same(name: str, before: Value, stated: dict[str, Value], mine: Stored) -> bool:
    """Whether a field says what is stored; an empty cell never takes away what buyers receive or see."""
    after = stated[name]
    if name == "category":
        return str(before).casefold() == str(after).casefold()
    if name == "kind" and mine.product.pooled_at is not None:
        return True  # keys stay keys
    if not after and (name in {"digital_content", "photo"} or (name == "more_images" and not stated.get("image_url"))):
        return True
    return before == after


def _stock(one: Wanted, mine: Stored) -> int | None:
    """The stock that the file newly asks for; never below what orders hold.

    None when it says nothing, or what it said the last time, or what we exported: sales since then stand. Nor does
    a file say how many keys there are.
    """
    if mine.product.pooled_at is not None:
        return None
    if one.is_parent or mine.in_stock is None or one.quantity is None:
        return None
    if one.statement == mine.statement or one.quantity == one.stock_at_export:
        return None
    return max(one.quantity, mine.reserved)


def _current(mine: Stored, name: str) -> Value:
    if name == "category":
        return mine.category
    if name == "low_stock_at":
        return mine.low_stock_at
    if name == "more_images":
        return mine.more_images
    if name == "photo":
        return photo_of(mine.product)
    if name == "archived":
        return mine.product.archived_at is not None
    if name == "kind":
        return mine.product.kind.value
    if name in {"sale_from", "sale_until"}:
        moment: datetime | None = getattr(mine.product, name)
        return None if moment is None else moment.isoformat()
    current: Value = getattr(mine.product, name)
    return current


def _shown(name: str, value: Value, mine: Stored) -> str:
    if name in {"price", "sale_price"} and isinstance(value, int):
        return str(Money(value, mine.product.currency).major())
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else " ".join(str(value).split())
    shown = 60
    return text if len(text) <= shown else text[: shown - 1] + "…"
