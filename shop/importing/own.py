"""Our own columns, as `export` writes them; also the shortest form that an owner types: name, price, quantity."""

import difflib

from db.models import ProductKind
from db.money import STARS
from shop.importing.cells import Cells, unquoted
from shop.importing.reading import Row, Sheet
from shop.importing.report import Problem
from shop.importing.wanted import Value, Wanted
from shop.products_draft import CONTENT_LIMIT, LABEL_LIMIT
from shop.products_sku import sku_from

COLUMNS = (
    "sku",
    "parent_sku",
    "name",
    "option_names",
    "option",
    "category",
    "description",
    "kind",
    "price",
    "currency",
    "quantity",
    "stock_at_export",
    "low_stock_at",
    "image_url",
    "digital_content",
    "archived",
)
ALIASES = {"title": "name", "stock": "quantity", "image": "image_url", "variant": "option"}


def is_own(sheet: Sheet) -> bool:
    """Whether the columns are ours: at least a SKU or a name, beside something to say about it."""
    known = set(_renamed(sheet.columns))
    return bool({"sku", "name"} & known) and len(known & set(COLUMNS)) > 1


def read_own(sheet: Sheet, cells: Cells, currency: str) -> list[Wanted]:
    """The products of a file with our columns; a column that is missing leaves what it would state as it is."""
    columns = _renamed(sheet.columns)
    for column in columns:
        if column and column not in COLUMNS:
            close = difflib.get_close_matches(column, COLUMNS, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            cells.notes.append(Problem(1, f"unknown column, ignored{hint}", column))
    pairs = list(zip(sheet.columns, columns, strict=True))
    rows = [Row(row.line, {new: row.cells.get(old, "") for old, new in pairs}) for row in sheet.rows]
    stated = frozenset(columns)
    parents: dict[str, Wanted] = {}
    found = [(row, _one(row, stated, cells, currency)) for row in rows]
    wanted = []
    for row, one in found:
        if not row.get("parent_sku"):
            parents[one.sku] = one
            wanted.append(one)
    for row, one in found:
        above = unquoted(row.get("parent_sku"))
        if not above:
            continue
        parent = parents.get(above)
        if parent is None:
            cells.refuse(row, "parent_sku", f"no row of this file has the SKU {above!r}")
            continue
        _hang(parent, one, row, cells)
    for one in wanted:
        if not one.variants:
            one.values.pop("option_names", None)
            continue
        one.values.setdefault("price", min((int(v.values.get("price") or 0) for v in one.variants), default=0))
    return wanted


def _hang(parent: Wanted, variant: Wanted, row: Row, cells: Cells) -> None:
    if not variant.values.get("option_label"):
        cells.refuse(row, "option", "which option is it? (Blue / Large)")
    label = str(variant.values.get("option_label", "")).casefold()
    if label and any(str(other.values.get("option_label", "")).casefold() == label for other in parent.variants):
        cells.refuse(row, "option", "the product has this option already")
    variant.values["name"] = parent.name
    for column in ("category", "kind", "currency"):
        if column in parent.values:
            variant.values[column] = parent.values[column]
    for column in ("category", "description", "option_names"):
        variant.values.pop(column, None)
    parent.variants.append(variant)
    parent.is_parent = True
    parent.quantity = parent.stock_at_export = None


def _one(row: Row, stated: frozenset[str], cells: Cells, currency: str) -> Wanted:
    is_variant = bool(row.get("parent_sku"))
    values: dict[str, Value] = {}
    if "name" in stated and not is_variant:
        values["name"] = cells.text(row, "name")
        if not values["name"]:
            cells.refuse(row, "name", "the name is missing")
    sku = cells.sku(row, "sku") or sku_from(f"{row.get('name')} {row.get('option')}")
    if not row.get("sku") and not row.get("name"):
        cells.refuse(row, "sku", "neither a SKU nor a name: which product is it?")
    if "kind" in stated or "digital_content" in stated:
        values["kind"] = _kind(row, cells)
    values["currency"] = _currency(row, values.get("kind"), cells, currency)
    if "price" in stated and (row.get("price") or not row.get("option_names")):
        values["price"] = cells.price(row, "price", str(values["currency"]))
    if "category" in stated:
        values["category"] = cells.category(row, "category")
    if "description" in stated:
        values["description"] = cells.long_text(row, "description")
    for column, field in (("option_names", "option_names"), ("option", "option_label")):
        if row.get(column):
            values[field] = cells.text(row, column, LABEL_LIMIT)
    _rest(row, stated, values, cells)
    return Wanted(
        row.line,
        sku,
        values,
        quantity=_quantity(row, "quantity", cells),
        stock_at_export=_quantity(row, "stock_at_export", cells),
        guessed=not row.get("sku"),
    )


def _rest(row: Row, stated: frozenset[str], values: dict[str, Value], cells: Cells) -> None:
    if "image_url" in stated:
        source = row.get("image_url")
        # A path inside the media folder is ours to keep; an address is checked.
        values["image_url"] = cells.url(row, "image_url") if ":" in source or not source else source
    if row.get("digital_content"):
        content = unquoted(row.get("digital_content"))
        if len(content) > CONTENT_LIMIT:
            cells.refuse(row, "digital_content", f"{len(content):,} characters; at most {CONTENT_LIMIT:,} fit")
        values["digital_content"] = content[:CONTENT_LIMIT]
    if row.get("low_stock_at"):
        values["low_stock_at"] = _quantity(row, "low_stock_at", cells) or 0
    if "archived" in stated:
        values["archived"] = cells.yes(row, "archived")


def _quantity(row: Row, column: str, cells: Cells) -> int | None:
    number = cells.whole(row, column)
    if number is not None and number < 0:
        cells.refuse(row, column, f"{number} units cannot be on a shelf; write 0 or more")
        return None
    return number


def _kind(row: Row, cells: Cells) -> str:
    kind = row.get("kind").lower() or (ProductKind.DIGITAL.value if row.get("digital_content") else "physical")
    if kind not in set(ProductKind):
        cells.refuse(row, "kind", f"{kind[:40]!r} is neither physical nor digital")
        return ProductKind.PHYSICAL.value
    return kind


def _currency(row: Row, kind: Value, cells: Cells, currency: str) -> str:
    """The shop's currency; Stars for digital goods unless the file says otherwise, because Telegram wants Stars."""
    digital = kind == ProductKind.DIGITAL.value
    expected = STARS if digital else currency
    given = row.get("currency").upper()
    if digital and given == currency:
        return currency
    if given and given != expected:
        cells.refuse(row, "currency", f"{given[:8]!r} cannot be charged here; this product is sold in {expected}")
    return expected


def _renamed(columns: tuple[str, ...]) -> tuple[str, ...]:
    lowered = ["_".join(column.lower().split()) for column in columns]
    return tuple(ALIASES.get(column, column) for column in lowered)
