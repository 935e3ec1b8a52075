"""WooCommerce's product export: one row a product or variation, variations below a "variable" product by its SKU or id.

Columns as in WooCommerce's "Product CSV Importer and Exporter"; a site writes them in its own language.
"""

import re
from itertools import islice, product

from shop.importing.cells import Cells, cut, one_line
from shop.importing.goods import MOST_VARIANTS, UNCOUNTED, Good, Offer, as_wanted, shares, uncounted
from shop.importing.pictures import gathered
from shop.importing.reading import Row, Sheet
from shop.importing.saying import said
from shop.importing.skus import spelled
from shop.importing.wanted import Wanted
from shop.importing.woocommerce_columns import MOST, NAMES, NOT_SOLD, TELLING
from shop.products.attributes import written
from shop.products.draft import CONTENT_LIMIT, LABEL_LIMIT


def recognise(keys: frozenset[str]) -> str:
    """How the export is called, or empty when the columns are not WooCommerce's."""
    named = bool(keys.intersection(NAMES["name"])) and bool(keys.intersection((*NAMES["type"], *NAMES["price"])))
    return "WooCommerce's export" if named and len(TELLING & keys) > 1 else ""


def read_woocommerce(sheet: Sheet, cells: Cells) -> list[Wanted]:
    """The products of a WooCommerce export."""
    tops: list[Row] = []
    below: dict[str, list[Row]] = {}
    for row in sheet.rows(NAMES):
        if "variation" in _types(row):
            below.setdefault(row.get("parent").removeprefix("id:").strip(), []).append(row)
        else:
            tops.append(row)
    wanted = []
    for row in tops:
        mine = [*below.pop(row.get("id"), ()), *(below.pop(row.get("sku"), ()) if row.get("sku") else ())]
        one = _Product(row, mine, cells).read()
        if one is not None:
            wanted.append(one)
    for orphans in below.values():
        for row in orphans:
            cells.refuse(
                row,
                "parent",
                said(
                    "no row has the product {parent} that this is a variation of", parent=repr(row.get("parent")[:40])
                ),
            )
    return wanted


def _types(row: Row) -> set[str]:
    return {part.strip().lower() for part in row.get("type").split(",")}


class _Product:
    """A row that is no variation, with its variations."""

    def __init__(self, row: Row, below: list[Row], cells: Cells) -> None:
        self.row, self.cells = row, cells
        self._spread: set[tuple[str, ...]] = set()  # what variations for any value came as
        self.below = sorted(
            below, key=lambda each: int(each.get("position")) if each.get("position").isdecimal() else 0
        )

    def read(self) -> Wanted | None:
        row, cells = self.row, self.cells
        for kind in sorted(_types(row) & NOT_SOLD.keys()):
            cells.refuse(row, "type", said("{name} is {not_sold}", name=repr(row.get("name")), not_sold=NOT_SOLD[kind]))
            return None
        good = Good(row, self._made(row), cells.text(row, "name"), self._description())
        good.image, good.more_images = self._images(row)
        if row.has("categories") or row.has("tags"):
            good.category = self._category()
        good.hidden = self._hidden()
        good.attributes = written(self._told())
        if "variable" not in _types(row) and not self.below:
            good.offers = [self._offer(row, (), self._stock(row))]
            return as_wanted(good, cells)
        if not self.below:
            cells.refuse(
                row,
                "type",
                said("{name} has no variation in the file: there is nothing to sell", name=repr(row.get("name"))),
            )
            return None
        good.sku = cells.text(row, "sku")
        good.option_names = tuple(self._attributes()) or ("Option",)
        stocks = self._stocks()
        good.offers = [
            offer
            for each, stock in zip(self.below, stocks, strict=True)
            for offer in self._offers(each, good.option_names, stock)
        ]
        return as_wanted(good, cells)

    def _made(self, row: Row) -> str:
        return f"WOO-{row.get('id')}" if row.get("id") else spelled(row.get("name"))

    def _description(self) -> str | None:
        if not (self.row.has("description") or self.row.has("short")):
            return None
        parts = (self._text(self.row, field) for field in ("short", "description"))
        return "\n\n".join(dict.fromkeys(part for part in parts if part))

    def _text(self, row: Row, field: str) -> str:
        r"""A description; the export writes line ends as \n, and a backslash before an n as \\n."""
        row = Row(row.line, tuple(_line_ends(cell) for cell in row.cells), row.layout)
        return self.cells.long_text(row, field, html=True)

    def _images(self, row: Row) -> tuple[str | None, str]:
        pictures = [url.strip() for url in re.split(r",\s*(?=https?:)", row.get("images")) if url.strip()]
        return gathered(row, self.cells, pictures)

    def _category(self) -> str:
        paths = [path.replace("\\,", ",").strip() for path in re.split(r"(?<!\\),", self.row.get("categories"))]
        paths = [path for path in paths if path]
        # A product that is in a category and in one above it is written with both.
        apart = [path for path in paths if not any(other.startswith(f"{path} >") for other in paths)]
        if len(apart) > 1:
            self.cells.note(self.row, said("a product is in one category here: the first one of the file"))
        text = apart[0] if apart else self.row.get("tags").split(",")[0]
        return self.cells.category(self.row, " > ".join(part.replace("/", "-") for part in text.split(">")))

    def _hidden(self) -> bool | None:
        row = self.row
        if not row.has("published") and not row.has("visibility"):
            return None
        hidden = self._unpublished(row) or row.get("visibility").lower() in {"hidden", "invisible", "versteckt"}
        if hidden:
            self.cells.note(row, said("drafts, private and hidden products are not on sale: not published here"))
        return hidden

    def _unpublished(self, row: Row) -> bool:
        return bool(row.has("published") and row.get("published") and not self.cells.yes(row, "published"))

    def _attributes(self) -> list[str]:
        """The attributes that tell the variations apart, by name."""
        names = [
            self.cells.label(each, f"attribute {n}")
            for each in self.below
            for n in range(1, MOST)
            if each.get(f"attribute {n}")
        ]
        return list(dict.fromkeys(names))

    def _offers(self, row: Row, names: tuple[str, ...], stock: int | None) -> list[Offer]:
        """The variation; where it fits any value of an attribute, one for each that no other variation is for."""
        given = self._given(row, names)
        missing = [name for name, value in zip(names, given, strict=True) if not value]
        if not missing:
            return [self._offer(row, given, stock)]
        listed = self._listed()
        if not all(listed.get(name) for name in missing):
            self.cells.refuse(row, "values 1", said("fits any {empty}: write a row for each", empty=missing[0]))
            return [self._offer(row, given, stock)]
        ways = [[value] if value else listed[name] for name, value in zip(names, given, strict=True)]
        taken = {options for each in self.below if all(options := self._given(each, names))} | self._spread
        free = [options for options in islice(product(*ways), MOST_VARIANTS) if options not in taken]
        self._spread |= set(free)
        self.cells.note(row, said("a variation that fits any value comes as one for each, which share its stock"))
        counted = stock is not None and stock != UNCOUNTED
        parts = shares(stock or 0, len(free)) if counted and free else [stock] * len(free)
        offers = []
        for options, part in zip(free, parts, strict=True):
            one = self._offer(row, options, part)
            own = [value for value, fixed in zip(options, given, strict=True) if not fixed]
            one.made, one.sku = "-".join([one.sku or one.made, *map(spelled, own)]), ""
            offers.append(one)
        return offers

    def _given(self, row: Row, names: tuple[str, ...]) -> tuple[str, ...]:
        values = {
            self.cells.label(row, f"attribute {n}"): self.cells.label(row, f"values {n}")
            for n in range(1, MOST)
            if row.get(f"attribute {n}")
        }
        return tuple(values.get(name, "") for name in names)

    def _told(self) -> list[tuple[str, str]]:
        """The attributes that tell no variations apart: what is said about the product."""
        apart = set(self._attributes())
        return [(name, ", ".join(values)) for name, values in self._listed().items() if name not in apart]

    def _listed(self) -> dict[str, list[str]]:
        """All values of each attribute, as the product itself lists them."""
        return {
            self.cells.label(self.row, f"attribute {n}"): _values(self.row.get(f"values {n}"))
            for n in range(1, MOST)
            if self.row.get(f"attribute {n}")
        }

    def _stocks(self) -> list[int | None]:
        """Of each variation; one that counts on its parent's stock gets a share of it."""
        sharing = [row for row in self.below if row.get("stock").lower() == "parent"]
        together = self._stock(self.row) if sharing else None
        parts = shares(together, len(sharing)) if together is not None else []
        if parts and together != UNCOUNTED:
            self.cells.note(self.row, said("variations that share one stock get an equal share of it each"))
        of = {row.line: part for row, part in zip(sharing, parts, strict=False)}
        return [of.get(row.line) if row in sharing else self._stock(row) for row in self.below]

    def _stock(self, row: Row) -> int | None:
        """Its stock; where it is not counted, many units if it is said to be in stock, else none."""
        if not row.has("stock") and not row.has("in stock"):
            return None
        text = row.get("stock")
        if text and text.lower() != "parent":
            if re.fullmatch(r"\d{1,7}[.,]\d+", text, re.ASCII) and text.rstrip("0")[-1:] not in {".", ","}:
                self.cells.note(row, said("of stocks that are no whole number the whole units are taken"))
                return int(re.split(r"[.,]", text)[0])
            stock = self.cells.whole(row, "stock", by_machine=True) or 0
            if stock <= 0 and row.get("backorders").lower() not in {"", "0", "no"}:
                self.cells.note(row, said("what is sold there beyond its stock is sold out here until /restock"))
            return max(stock, 0)
        if row.get("in stock").lower() in {"0", "no", "false", "outofstock"}:
            return 0
        self.cells.note(row, uncounted())
        return UNCOUNTED

    def _offer(self, row: Row, options: tuple[str, ...], stock: int | None) -> Offer:
        cells = self.cells
        # a stock that is written like a number but is none sets the row aside; the price is read all the same
        price = cells.price(row, "price", by_machine=True)
        offer = Offer(row, options, cells.text(row, "sku"), price, stock, made=self._made(row))
        if row.has("sale price"):
            offer.sale = cells.sale(row, price, "sale price", "sale starts", "sale ends")
        if row is not self.row:
            offer.image, offer.more_images = self._images(row)
            offer.hidden = self._unpublished(row)
            if offer.sku and offer.sku == self.row.get("sku"):
                offer.sku = ""  # it has none: the export repeats its parent's
        if row.get("low"):
            offer.low_stock_at = max(cells.whole(row, "low", by_machine=True) or 0, 0)
        unit = next((unit for unit in ("kg", "g", "lbs", "oz") if row.get(f"weight {unit}")), None)
        if unit is not None:
            offer.weight = cells.weight(row, f"weight {unit}", unit)
        kinds = _types(row)
        if "downloadable" in kinds:
            offer.content = self._content(row)
        elif "virtual" in kinds:
            offer.content = self._purchase_note(row)
        return offer

    def _purchase_note(self, row: Row) -> str:
        """What buyers of something that is neither sent nor downloaded read there."""
        cells, found = self.cells, row if row.get("purchase note") else self.row
        note = self._text(found, "purchase note") if found.get("purchase note") else ""
        if not note:
            cells.note(row, said("what needs no shipping there and has no purchase note comes as physical goods"))
        elif len(note) > CONTENT_LIMIT:
            message = said(
                "{n} characters; at most {content_limit} fit",
                n=format(len(note), ","),
                content_limit=format(CONTENT_LIMIT, ","),
            )
            cells.refuse(row, "purchase note", message)
        else:
            cells.note(row, said("what needs no shipping there comes as digital goods: buyers get its purchase note"))
        return note

    def _content(self, row: Row) -> str:
        links = [row.get(f"download {n}") for n in range(1, MOST) if row.get(f"download {n}")]
        content = "\n".join(links)
        if not content:
            self.cells.refuse(
                row,
                "type",
                said("{name} is a download, and the file does not say where it is", name=repr(row.get("name"))),
            )
        elif len(content) > CONTENT_LIMIT:
            self.cells.refuse(
                row,
                "download 1",
                said(
                    "{n} characters of links; at most {content_limit} fit",
                    n=format(len(content), ","),
                    content_limit=format(CONTENT_LIMIT, ","),
                ),
            )
        return content


def _values(text: str) -> list[str]:
    """The values of an attribute: commas apart, unless one is written with a backslash."""
    values = (cut(one_line(part.replace("\\,", ",")), LABEL_LIMIT) for part in re.split(r"(?<!\\),", text))
    return [*dict.fromkeys(value for value in values if value)]


def _line_ends(text: str) -> str:
    return re.sub(r"(\\\\|\\)n", lambda found: "\\n" if found[1] == "\\\\" else "\n", text)
