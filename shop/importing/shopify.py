"""Shopify's product export: one row a variant, further rows for further pictures; grouped by handle.

Columns as in Shopify's "Using CSV files to import and export products": those of before 2021, of 2021, and of today.
"""

from shop.importing.cells import NO_SALE, Cells, Sale, amount
from shop.importing.goods import UNCOUNTED, Good, Offer, as_wanted, uncounted
from shop.importing.pictures import gathered
from shop.importing.reading import Row, Sheet
from shop.importing.saying import said
from shop.importing.skus import spelled
from shop.importing.wanted import Wanted

NAMES = {
    "handle": ("handle", "url handle"),
    "name": ("title",),
    "description": ("body (html)", "body html", "body", "description"),
    "type": ("custom product type", "type", "product type"),
    "product category": ("product category", "standardized product type", "standard product type"),
    "tags": ("tags",),
    "published": ("published", "published on online store"),
    "status": ("status",),
    "sku": ("variant sku", "sku"),
    "price": ("variant price", "price"),
    "compare": ("variant compare at price", "compare-at price", "compare at price"),
    "quantity": ("variant inventory qty", "variant inventory quantity", "inventory quantity"),
    "tracker": ("variant inventory tracker", "inventory tracker"),
    "policy": ("variant inventory policy", "continue selling when out of stock"),
    "weight": ("variant grams", "weight value (grams)"),
    "shipping": ("variant requires shipping", "requires shipping"),
    "image": ("image src", "product image url"),
    "image position": ("image position",),
    "variant image": ("variant image", "variant image url"),
    "gift card": ("gift card",),
    **{f"option{n} name": (f"option{n} name",) for n in (1, 2, 3)},
    **{f"option{n} value": (f"option{n} value",) for n in (1, 2, 3)},
}
OPTIONS = ("option1", "option2", "option3")
PLACEHOLDER = "default title"  # how Shopify says "no variants"
ON_SALE = {"", "active"}
OFF_SALE = {"draft", "archived", "unlisted"}
TODAY = {"url handle", "inventory quantity", "published on online store", "inventory tracker"}
OF_2021 = {"custom product type", "standardized product type", "standard product type"}
TELLING = TODAY | OF_2021 | {
    "body (html)", "variant price", "variant sku", "variant inventory qty", "option1 name", "option1 value",
    "product image url", "continue selling when out of stock",
}  # fmt: skip


def recognise(keys: frozenset[str]) -> str:
    """How the export is called ("Shopify's export of 2025"), or empty when the columns are not Shopify's."""
    handle = bool({"handle", "url handle"} & keys)
    if "title" not in keys or len(TELLING & keys) < (1 if handle else 2):
        return ""
    if TODAY & keys:
        return "Shopify's export of 2025"
    return "Shopify's export of 2021" if OF_2021 & keys else "Shopify's export"


def read_shopify(sheet: Sheet, cells: Cells) -> list[Wanted]:
    """The products of a Shopify export."""
    groups: dict[str, list[Row]] = {}
    handle = ""
    for row in sheet.rows(NAMES):
        title = row.get("name")
        if row.get("handle") or title:  # without both, the row goes on with the product above
            handle = row.get("handle") or spelled(title).lower()
        if not handle:
            cells.refuse(row, "handle", said("the handle is missing: to which product does the row belong?"))
            continue
        groups.setdefault(handle, []).append(row)
    counts = _numbers_untracked(groups)
    found = (_Group(handle, rows, cells, counts=counts).product() for handle, rows in groups.items())
    return [wanted for wanted in found if wanted is not None]


def _numbers_untracked(groups: dict[str, list[Row]]) -> bool:
    """Whether the quantities of goods that Shopify does not track mean something: one of them is above zero."""
    return any(
        row.get("quantity").lstrip("'+0.")[:1].isdecimal() and not row.get("tracker")
        for rows in groups.values()
        for row in rows
    )


class _Group:
    """All rows of one handle."""

    def __init__(self, handle: str, rows: list[Row], cells: Cells, *, counts: bool) -> None:
        self.handle, self.rows, self.cells, self.counts = handle, rows, cells, counts
        self.first = next((row for row in rows if row.get("name")), rows[0])

    def product(self) -> Wanted | None:
        first, cells = self.first, self.cells
        sold = self._sold()
        if not first.get("name"):
            cells.refuse(first, "name", said("no row of {handle} has a title", handle=repr(self.handle)))
            return None
        if first.get("gift card").lower() == "true":
            cells.note(first, said("gift cards come as ordinary goods: whoever sells them sends the code"))
        if not sold:
            cells.refuse(first, "price", said("the price is missing"))
            return None
        good = Good(first, self.handle, cells.text(first, "name"), hidden=self._hidden())
        good.image, good.more_images = self._images()
        good.archived = first.get("status").lower() == "archived"
        if first.has("description"):
            good.description = cells.long_text(first, "description", html=True)
        if any(first.has(field) for field in ("type", "product category", "tags")):
            good.category = self._category()
        good.option_names = self._option_names(sold)
        counted = self._counted(sold)
        good.offers = [self._offer(row, counted=counted) for row in sold]
        return as_wanted(good, cells)

    def _sold(self) -> list[Row]:
        """The rows of variants; the others bring further pictures, some repeating what the row above said."""
        rows: list[Row] = []
        known: set[tuple[str, ...]] = set()
        for row in self.rows:
            options = tuple(row.get(f"{option} value") for option in OPTIONS)
            if not (row.get("price") or row.get("sku") or any(options)):
                continue
            said = (row.get("sku"), row.get("price"), *options)
            if row.get("image") and said in known:
                continue
            known.add(said)
            rows.append(row)
        return rows

    def _option_names(self, sold: list[Row]) -> tuple[str, ...]:
        values = {row.get("option1 value").lower() for row in sold}
        if len(sold) == 1 and values <= {"", PLACEHOLDER}:
            return ()
        used = [option for option in OPTIONS if any(row.get(f"{option} value") for row in sold)]
        names = [self._option_name(option) or f"Option {option[-1]}" for option in used]
        return tuple(names) or ("Option 1",)

    def _option_name(self, option: str) -> str:
        named = next((row for row in self.rows if row.get(f"{option} name")), self.first)
        return self.cells.label(named, f"{option} name")

    def _images(self) -> tuple[str | None, str]:
        pictures = [row for row in self.rows if row.get("image")]
        pictures.sort(key=lambda row: int(row.get("image position")) if row.get("image position").isdecimal() else 0)
        return gathered(self.first, self.cells, [row.get("image") for row in pictures])

    def _hidden(self) -> bool | None:
        """Whether it must not be shown: a draft, archived, unlisted, or not published."""
        first = self.first
        if not first.has("status") and not first.has("published"):
            return None
        status = first.get("status").lower()
        if status not in ON_SALE | OFF_SALE:
            self.cells.note(
                first, said("the status {status} is unknown: such products are not on sale", status=repr(status[:40]))
            )
        unpublished = first.has("published") and first.get("published") and not self.cells.yes(first, "published")
        hidden = status not in ON_SALE or bool(unpublished)
        if hidden:
            if status == "archived":
                self.cells.note(first, said("archived products are not on sale: archived here"))
            else:
                self.cells.note(
                    first, said("drafts, unlisted and unpublished products are not on sale: not published here")
                )
        return hidden

    def _category(self) -> str:
        """The type; else the last part of Shopify's own category; else the first tag."""
        first = self.first
        last = first.get("product category").split(">")[-1].strip()
        text = first.get("type") or last.replace("/", "-")
        if not text:
            text = next((tag for tag in first.get("tags").split(",") if tag.strip()), "").replace("/", "-")
        return self.cells.category(first, text)

    def _counted(self, sold: list[Row]) -> bool:
        """Whether the quantities mean something; Shopify sells what it does not track without counting."""
        return self.counts or not self.first.has("tracker") or any(row.get("tracker") for row in sold)

    def _offer(self, row: Row, *, counted: bool) -> Offer:
        cells = self.cells
        price = cells.price(row, "price", by_machine=True)
        before = amount(row.get("compare"), cells.currency, by_machine=True) if row.get("compare") else None
        offer = Offer(
            row,
            tuple(cells.label(row, f"{option} value") for option in OPTIONS),
            cells.text(row, "sku"),
            max(price, before or 0) if price else 0,
            self._quantity(row) if counted else UNCOUNTED,
            image=cells.url(row, row.get("variant image")),
        )
        if row.has("compare"):
            offer.sale = Sale(price) if 0 < price < (before or 0) else NO_SALE
        offer.weight = cells.weight(row, "weight")
        if not counted:
            cells.note(row, uncounted())
        if row.get("shipping").lower() == "false":
            cells.note(row, said("what needs no shipping there comes as physical goods"))
        return offer

    def _quantity(self, row: Row) -> int | None:
        quantity = self.cells.whole(row, "quantity", by_machine=True)
        if quantity is not None and quantity < 0:
            self.cells.note(row, said("quantities below 0 (oversold there) are taken as 0: sold out until /restock"))
        elif not quantity and (
            row.get("policy").lower() in {"continue", "true"} or (row.has("tracker") and not row.get("tracker"))
        ):
            self.cells.note(row, said("what is sold there beyond its stock is sold out here until /restock"))
        return None if quantity is None else max(quantity, 0)
