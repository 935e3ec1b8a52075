"""Shopify's product export: one row a variant, further rows for further pictures; grouped by handle.

Columns as in Shopify's "Using CSV files to import and export products"; the older and the newer export are both read.
"""

import hashlib

from db.models import ProductKind
from shop.importing.cells import Cells
from shop.importing.reading import Row, Sheet
from shop.importing.wanted import Value, Wanted
from shop.products_draft import LABEL_LIMIT, SKU_LIMIT
from shop.products_sku import sku_from

OPTIONS = ("Option1", "Option2", "Option3")
PLACEHOLDER = ("title", "default title")  # how Shopify says "no variants"
MOST_VARIANTS = 100


def is_shopify(sheet: Sheet) -> bool:
    """Whether the columns are those of a Shopify export."""
    return "Handle" in sheet.columns and bool({"Variant Price", "Option1 Name", "Body (HTML)"} & set(sheet.columns))


def read_shopify(sheet: Sheet, cells: Cells, currency: str) -> list[Wanted]:
    """The products of a Shopify export, prices in minor units of `currency`."""
    groups: dict[str, list[Row]] = {}
    for row in sheet.rows:
        handle = row.get("Handle")
        if not handle:
            cells.refuse(row, "Handle", "the handle is missing: to which product does the row belong?")
            continue
        groups.setdefault(handle, []).append(row)
    return [
        wanted
        for handle, rows in groups.items()
        if (wanted := _Group(handle, rows, sheet, cells, currency).product()) is not None
    ]


class _Group:
    """All rows of one handle."""

    def __init__(self, handle: str, rows: list[Row], sheet: Sheet, cells: Cells, currency: str) -> None:
        self.handle, self.rows, self.sheet, self.cells, self.currency = handle, rows, sheet, cells, currency
        self.first = next((row for row in rows if row.get("Title")), rows[0])

    def product(self) -> Wanted | None:
        sold = [row for row in self.rows if self._is_variant(row)]
        if not self.first.get("Title"):
            self.cells.refuse(self.first, "Title", f"no row of {self.handle!r} has a title")
        if not sold:
            self.cells.refuse(self.first, "Variant Price", f"no row of {self.handle!r} has a price")
            return None
        if len(sold) > MOST_VARIANTS:
            self.cells.refuse(sold[MOST_VARIANTS], "Handle", f"more than {MOST_VARIANTS} variants")
        names = self._option_names()
        values = self._shared()
        if len(sold) == 1 and not names:
            return self._sold(sold[0], _derived(self.handle), values)
        wanted = Wanted(self.first.line, _derived(self.handle), values, is_parent=True)
        values["option_names"] = " / ".join(names)[:LABEL_LIMIT]
        wanted.variants = self._variants(sold, wanted.sku, str(values["name"]))
        if "archived" in values:
            for variant in wanted.variants:
                variant.values["archived"] = values["archived"]
        values["price"] = min((int(variant.values["price"] or 0) for variant in wanted.variants), default=0)
        return wanted

    def _is_variant(self, row: Row) -> bool:
        """A row without price, option, SKU and title only brings another picture."""
        return any(row.get(column) for column in ("Variant Price", "Option1 Value", "Variant SKU", "Title"))

    def _option_names(self) -> list[str]:
        names = [self.cells.text(self.first, f"{option} Name") for option in OPTIONS]
        value = self.first.get("Option1 Value").lower()
        if (names[0].lower(), value) == PLACEHOLDER or not any(row.get("Option1 Value") for row in self.rows):
            return []
        return [name for name in names if name]

    def _shared(self) -> dict[str, Value]:
        values: dict[str, Value] = {"name": self.cells.text(self.first, "Title")}
        if "Body (HTML)" in self.sheet.columns:
            values["description"] = self.cells.long_text(self.first, "Body (HTML)", html=True)
        if {"Type", "Tags", "Product Category"} & set(self.sheet.columns):
            values["category"] = self._category()
        pictures = [row for row in self.rows if row.get("Image Src")]
        pictures.sort(key=lambda row: int(row.get("Image Position")) if row.get("Image Position").isdecimal() else 0)
        if pictures:
            values["image_url"] = self.cells.url(pictures[0], "Image Src")
        status = self.first.get("Status").lower()
        if status in {"active", "draft", "archived"}:
            values["archived"] = status != "active"
        elif "Published" in self.sheet.columns:
            values["archived"] = not self.cells.yes(self.first, "Published")
        values["kind"] = ProductKind.PHYSICAL.value
        values["currency"] = self.currency
        return values

    def _category(self) -> str:
        """The type; else the last part of Shopify's own category; else the first tag."""
        if self.first.get("Type"):
            return self.cells.category(self.first, "Type")
        path = self.first.get("Product Category").split(">")[-1].strip()
        tag = self.first.get("Tags").split(",")[0].strip()
        return (path or tag).replace("/", "-")[:LABEL_LIMIT]

    def _variants(self, sold: list[Row], parent_sku: str, name: str) -> list[Wanted]:
        variants = []
        seen: dict[str, int] = {}
        for row in sold:
            parts = [self.cells.text(row, f"{option} Value").replace("/", "∕") for option in OPTIONS]
            label = " / ".join(part for part in parts if part)
            if not label:
                self.cells.refuse(row, "Option1 Value", "the option of this variant is missing")
            if len(label) > LABEL_LIMIT:
                self.cells.refuse(
                    row, "Option1 Value", f"the options are longer than {LABEL_LIMIT} characters together"
                )
            if label.casefold() in seen:
                self.cells.refuse(
                    row, "Option1 Value", f"the variant {label!r} is already on line {seen[label.casefold()]}"
                )
            seen.setdefault(label.casefold(), row.line)
            values: dict[str, Value] = {"name": name, "option_label": label[:LABEL_LIMIT]}
            values["kind"] = ProductKind.PHYSICAL.value
            values["currency"] = self.currency
            if row.get("Variant Image"):
                values["image_url"] = self.cells.url(row, "Variant Image")
            variants.append(self._sold(row, _derived(f"{parent_sku}-{_spelled(label)}"), values))
        return variants

    def _sold(self, row: Row, derived: str, values: dict[str, Value]) -> Wanted:
        values["price"] = self.cells.price(row, "Variant Price", self.currency)
        if row.get("Variant Requires Shipping").lower() == "false":
            self.cells.note(row, "Variant Requires Shipping", "needs no shipping there; imported as physical goods")
        given = self.cells.sku(row, "Variant SKU")
        return Wanted(row.line, given or derived, values, quantity=self._quantity(row), known_as=derived)

    def _quantity(self, row: Row) -> int | None:
        column = "Variant Inventory Qty"
        quantity = self.cells.whole(row, column)
        if quantity is None:
            self.cells.note(row, column, "no quantity: a new product starts at 0, a known one keeps its stock")
        elif quantity < 0:
            self.cells.note(row, column, f"{quantity} (oversold there) is taken as 0: sold out until restocked")
        elif quantity == 0:
            self.cells.note(row, column, "quantity 0: on the shelf as sold out until restocked")
        return None if quantity is None else max(quantity, 0)


def _spelled(label: str) -> str:
    """The label in letters for a SKU; a checksum where two labels would be spelled alike ("+" and "-")."""
    spelled = sku_from(label).lower()
    plain = "".join(letter for letter in label.lower() if letter.isalnum())
    if plain.isascii() and plain == spelled.replace("-", ""):
        return spelled
    return f"{spelled}-{hashlib.sha256(label.encode()).hexdigest()[:6]}"


def _derived(text: str) -> str:
    """The text as a SKU of at most 64 characters, always the same for the same text."""
    if len(text) <= SKU_LIMIT:
        return text
    return f"{text[: SKU_LIMIT - 11]}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
