"""Our own columns, as `export` writes them; also the shortest form that an owner types: name, price, quantity."""

import re

import msgspec

from db.models import ProductKind
from db.money import STARS
from shop.importing.cells import Cells, cut
from shop.importing.goods import MOST_VARIANTS
from shop.importing.own_columns import NAMES, TEXTS, check
from shop.importing.pictures import gathered, split
from shop.importing.quoting import cleaned, unquoted
from shop.importing.reading import Row, Sheet
from shop.importing.saying import said
from shop.importing.skus import shortened, spelled, with_checksum
from shop.importing.wanted import Value, Wanted
from shop.products.attributes import pairs_of, written
from shop.products.draft import CONTENT_LIMIT, DESCRIPTION_LIMIT, NAME_LIMIT
from shop.products.sku import sku_from
from shop.taxes import is_class

HTML = re.compile(
    r"</?(?:p|br|div|ul|ol|li|h[1-6]|strong|em|b|i|span|table|tr|td|th|a|img|font|dl|hr)\b[^<>]*>", re.IGNORECASE
)
HIDDEN = {"draft", "archived", "unlisted", "hidden", "private", "inactive", "pending", "entwurf", "черновик"}
SHOWN = {"", "active", "published", "publish", "live", "visible", "aktiv", "активен"}
MOST_DIGITS = 19


def read_own(sheet: Sheet, cells: Cells) -> list[Wanted]:
    """The products of a file with our columns; a column that is missing leaves what it would state as it is."""
    check(sheet, cells.notes)
    parents: dict[tuple[int | None, str], Wanted] = {}
    wanted: list[Wanted] = []
    below: list[tuple[Row, Wanted]] = []
    for row in sheet.rows(NAMES):
        one = _Line(row, cells).read()
        if not cells.usable(row):
            continue
        if row.get("parent_sku"):
            below.append((row, one))
            continue
        parents.setdefault((one.owner, one.sku), one)
        wanted.append(one)
    labels: set[tuple[int, str]] = set()
    for row, one in below:
        above = shortened(cells.text(row, "parent_sku"))
        parent = parents.get((one.owner, above))
        if parent is None:
            cells.refuse(row, "parent_sku", said("no row of this file has the SKU {above}", above=repr(above)))
        else:
            _hang(parent, one, row, cells, labels)
    for one in wanted:
        if one.variants:
            one.values.setdefault("price", min(int(each.values.get("price") or 0) for each in one.variants))
        else:
            one.values.pop("option_names", None)
    return wanted


def _hang(parent: Wanted, variant: Wanted, row: Row, cells: Cells, labels: set[tuple[int, str]]) -> None:
    label = str(variant.values.get("option_label", "")).casefold()
    if not label:
        cells.refuse(row, "option", said("which option is it? (Blue / Large)"))
    elif (id(parent), label) in labels:
        cells.refuse(row, "option", said("the product has this option already"))
    elif len(parent.variants) == MOST_VARIANTS:
        cells.refuse(
            row,
            "option",
            said("a product has at most {most_variants} variants", most_variants=format(MOST_VARIANTS, ",")),
        )
    if not cells.usable(row):
        return
    labels.add((id(parent), label))
    variant.values["name"] = parent.name
    for column in ("kind", "currency"):
        if column in parent.values:
            variant.values[column] = parent.values[column]
    for column in ("category", "description", "option_names"):
        variant.values.pop(column, None)
    parent.variants.append(variant)
    parent.is_parent = True
    parent.quantity = parent.stock_at_export = None


class _Line:
    """One row, read by its columns."""

    def __init__(self, row: Row, cells: Cells) -> None:
        self.row, self.cells = row, cells
        self.values: dict[str, Value] = {}

    def read(self) -> Wanted:
        row, cells, values = self.row, self.cells, self.values
        name, is_variant = cells.text(row, "name"), bool(row.get("parent_sku"))
        description = self._description()
        if row.has("name") and not is_variant:
            if not name:
                cells.refuse(row, "name", said("the name is missing"))
            values["name"], told = cells.described(row, name, description or "")
            description = told if description is not None or told else None
        if description is not None and not is_variant:
            values["description"] = description
        if row.has("attributes") and not is_variant:
            values["attributes"] = written(pairs_of(unquoted(row.get("attributes")))) or None
        self._texts()
        self._label()
        given = self._sku()
        if not given and not name:
            cells.refuse(row, "sku", said("neither a SKU nor a name: which product is it?"))
        if row.has("kind") or row.has("digital_content"):
            values["kind"] = self._kind()
        values["currency"] = self._currency()
        if row.has("price") and (row.get("price") or not row.get("option_names")):
            values["price"] = cells.price(row, "price", str(values["currency"]))
        if row.has("sale_price") and not row.get("option_names"):
            price, money = int(values.get("price") or 0), str(values["currency"])
            values |= cells.sale(row, price, "sale_price", "sale_from", "sale_until", currency=money).values()
        if row.has("category"):
            values["category"] = cells.category(row, row.get("category"))
        self._pictures()
        self._rest()
        return self._wanted(given, f"{name} {values.get('option_label', '')}".strip())

    def _wanted(self, given: str, named: str) -> Wanted:
        plain = sku_from(named)
        made = spelled(named)
        others = () if given else (plain, with_checksum(plain, named.casefold()))
        return Wanted(
            self.row.line,
            given or made,
            self.values,
            quantity=self._quantity("quantity"),
            stock_at_export=self._quantity("stock_at_export"),
            made=made,
            given=bool(given),
            known_as=others,
            guessed=not given,
            owner=self._owner(),
        )

    def _sku(self) -> str:
        given = self.cells.text(self.row, "sku")
        if shortened(given) != given:
            self.cells.note(self.row, said("SKUs that are too long are cut, with a checksum behind them"))
        return shortened(given)

    def _description(self) -> str | None:
        if not self.row.has("description"):
            return None
        ours = self.row.has("stock_at_export")  # what our own export holds is no HTML, whatever it looks like
        html = not ours and HTML.search(self.row.get("description")) is not None
        return self.cells.long_text(self.row, "description", html=html)

    def _texts(self) -> None:
        """What the file says in other languages: only the columns that it has (see compare.py); variants have none."""
        said = {column: self._text(column) for column in TEXTS if self.row.has(column)}
        if said and not self.row.get("parent_sku"):
            self.values["texts"] = msgspec.json.encode(said).decode()

    def _text(self, column: str) -> str:
        if column.startswith("description"):
            return cut(self.cells.long_text(self.row, column), DESCRIPTION_LIMIT)
        return cut(self.cells.text(self.row, column), NAME_LIMIT)

    def _label(self) -> None:
        for column, field in (("option_names", "option_names"), ("option", "option_label")):
            if self.row.get(column):
                self.values[field] = self.cells.label(self.row, column)

    def _pictures(self) -> None:
        row, others = self.row, ""
        if row.has("image_url"):
            source, others = gathered(row, self.cells, split(unquoted(row.get("image_url"))))
            self.values["image_url"] = source
        if row.has("photo"):
            photo = row.get("photo")
            if photo and not re.fullmatch(r"\d{1,19}:[\w-]{1,255}", photo, re.ASCII):
                self.cells.refuse(row, "photo", said("not a photo of our own export: leave it as it was exported"))
            self.values["photo"] = photo or None
        if others or row.has("more_images"):
            first = str(self.values.get("image_url") or self.values.get("photo") or "")
            further = [*split(others), *split(unquoted(row.get("more_images")))]
            self.values["more_images"] = gathered(row, self.cells, [first, *further] if first else ["", *further])[1]

    def _rest(self) -> None:
        row, cells = self.row, self.cells
        if row.has("weight"):
            self.values["weight"] = cells.weight(row, "weight")
        if row.get("digital_content"):
            content = cleaned(unquoted(row.get("digital_content")))
            if len(content) > CONTENT_LIMIT:
                cells.refuse(
                    row,
                    "digital_content",
                    said(
                        "{n} characters; at most {content_limit} fit",
                        n=format(len(content), ","),
                        content_limit=format(CONTENT_LIMIT, ","),
                    ),
                )
            self.values["digital_content"] = content[:CONTENT_LIMIT]
        if row.has("tax_class"):
            self.values["tax_class"] = self._tax_class()
        if row.get("low_stock_at"):
            self.values["low_stock_at"] = self._quantity("low_stock_at") or 0
        self._standing()

    def _tax_class(self) -> str | None:
        given = self.row.get("tax_class").lower()
        if given and not is_class(given):
            message = said("{given} is no class of tax: small letters, at most sixteen", given=repr(given[:32]))
            self.cells.refuse(self.row, "tax_class", message)
            return None
        return given or None

    def _standing(self) -> None:
        """On sale, archived, or a draft: whatever keeps customers from it wins, and archived is more than a draft."""
        row, cells = self.row, self.cells
        archived = [cells.yes(row, "archived")] if row.has("archived") else []
        draft = [cells.yes(row, "draft")] if row.has("draft") else []
        if row.has("published") and row.get("published"):
            draft.append(not cells.yes(row, "published"))
        if row.has("status"):
            status = row.get("status").lower()
            if status not in HIDDEN | SHOWN:
                cells.refuse(row, "status", said("{status} is neither active nor draft", status=repr(status[:32])))
            archived.append(status == "archived")
            draft.append(status in HIDDEN - {"archived"})
        if archived or draft:
            self.values["archived"] = any(archived) or any(draft)
            self.values["draft"] = any(draft) and not any(archived)

    def _quantity(self, field: str) -> int | None:
        number = self.cells.whole(self.row, field)
        if number is not None and number < 0:
            self.cells.refuse(
                self.row, field, said("{number} units cannot be on a shelf; write 0 or more", number=number)
            )
            return None
        return number

    def _kind(self) -> str:
        row = self.row
        kind = row.get("kind").lower() or (ProductKind.DIGITAL.value if row.get("digital_content") else "physical")
        if kind not in set(ProductKind):
            self.cells.refuse(row, "kind", said("{kind} is neither physical nor digital", kind=repr(kind[:40])))
            return ProductKind.PHYSICAL.value
        return kind

    def _currency(self) -> str:
        """The shop's currency; Stars for digital goods unless the file says otherwise, as Telegram wants Stars."""
        digital = self.values.get("kind") == ProductKind.DIGITAL.value
        shops = self.cells.currency
        expected = STARS if digital else shops
        given = self.row.get("currency").upper()
        if digital and given == shops:
            return shops
        if given and given != expected:
            message = said(
                "{given} cannot be charged here; this product is sold in {expected}",
                given=repr(given[:8]),
                expected=expected,
            )
            self.cells.refuse(self.row, "currency", message)
        return expected

    def _owner(self) -> int | None:
        if not self.row.has("owner"):
            return None
        owner = self.row.get("owner")
        if not re.fullmatch(rf"\d{{0,{MOST_DIGITS}}}", owner, re.ASCII):
            self.cells.refuse(
                self.row, "owner", said("{owner} is not the Telegram id of a seller", owner=repr(owner[:32]))
            )
            return None
        return int(owner or 0)
