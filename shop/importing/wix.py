"""Wix's product export, of the older and of today's catalogue: a row a product, further rows a variant or a picture."""

import itertools
import re

from shop.importing.cells import Cells, amount
from shop.importing.goods import MOST_VARIANTS, UNCOUNTED, Good, Offer, as_wanted, shares, uncounted
from shop.importing.pictures import gathered
from shop.importing.reading import Row, Sheet
from shop.importing.saying import said
from shop.importing.wanted import Wanted

MOST = 7  # options are numbered 1 to 6
NAMES = {
    "handle": ("handleid", "handle"),
    "type": ("fieldtype",),
    "name": ("name",),
    "description": ("description", "plaindescription"),
    "images": ("productimageurl", "media"),
    "category": ("collection", "categories"),
    "sku": ("sku",),
    "price": ("price",),
    "surcharge": ("surcharge",),
    "visible": ("visible",),
    "discount mode": ("discountmode",),
    "discount": ("discountvalue",),
    "stock": ("inventory",),
    **{f"option {n}": (f"productoptionname{n}", f"productoptionname[{n}]") for n in range(1, MOST)},
    **{f"kind {n}": (f"productoptiontype{n}", f"productoptiontype[{n}]") for n in range(1, MOST)},
    **{
        f"values {n}": (
            f"productoptiondescription{n}",
            f"productoptionchoices{n}",
            f"productoptionchoices[{n}]",
        )
        for n in range(1, MOST)
    },
}
MEDIA = "https://static.wixstatic.com/media/"


def recognise(keys: frozenset[str]) -> str:
    """How the export is called, or empty when the columns are not Wix's."""
    if not {"fieldtype", "name"} <= keys or not {"handleid", "handle"} & keys:
        return ""
    return "Wix's export" if "handleid" in keys else "Wix's export of today's catalogue"


def read_wix(sheet: Sheet, cells: Cells) -> list[Wanted]:
    """The products of a Wix export."""
    groups: dict[str, list[Row]] = {}
    for row in sheet.rows(NAMES):
        handle = row.get("handle")
        if not handle:
            cells.refuse(row, "handle", said("the handle is missing: to which product does the row belong?"))
            continue
        groups.setdefault(handle, []).append(row)
    found = (_product(handle, rows, cells) for handle, rows in groups.items())
    return [wanted for wanted in found if wanted is not None]


def _product(handle: str, rows: list[Row], cells: Cells) -> Wanted | None:
    top = next((row for row in rows if row.get("type").lower() == "product"), None)
    if top is None:
        for row in rows:
            cells.refuse(row, "type", said("no row of {handle} is the product itself", handle=repr(handle)))
        return None
    variants = [row for row in rows if row.get("type").lower() == "variant"]
    good = Good(top, handle, cells.text(top, "name"))
    good.image, good.more_images = _images(rows, top, cells)
    if top.has("description"):
        good.description = cells.long_text(top, "description", html=True)
    if top.has("category"):
        good.category = cells.category(top, top.get("category").split(";")[0].replace("/", "-"))
        if top.get("category").strip(";").count(";"):
            cells.note(top, said("a product is in one category here: the first one of the file"))
    if top.has("visible"):
        good.hidden = not cells.yes(top, "visible")
        if good.hidden:
            cells.note(top, said("hidden products are not on sale: not published here"))
    options = [n for n in range(1, MOST) if top.get(f"option {n}")]
    good.option_names = tuple(cells.label(top, f"option {n}") for n in options)
    if not options:
        good.offers = [Offer(top, (), cells.text(top, "sku"), _price(top, top, cells), _stock(top, cells))]
    elif variants:
        good.offers = [_variant(row, top, options, cells) for row in variants]
    else:
        good.offers = _every(top, options, cells)
    return as_wanted(good, cells)


def _variant(row: Row, top: Row, options: list[int], cells: Cells) -> Offer:
    labels = tuple(
        _choice(cells.label(row, f"values {n}"), row.get(f"kind {n}") or top.get(f"kind {n}")) for n in options
    )
    offer = Offer(row, labels, cells.text(row, "sku"), _price(row, top, cells), _stock(row, cells))
    offer.hidden = bool(row.get("visible")) and not cells.yes(row, "visible")
    return offer


def _every(top: Row, options: list[int], cells: Cells) -> list[Offer]:
    """Every combination of the choices, which share the product's price and stock."""
    choices = [
        [_choice(each.strip(), top.get(f"kind {n}")) for each in top.get(f"values {n}").split(";") if each.strip()]
        for n in options
    ]
    combinations = list(itertools.islice(itertools.product(*choices), MOST_VARIANTS + 1))
    if not combinations or len(combinations) > MOST_VARIANTS:
        cells.refuse(
            top,
            "values 1",
            said(
                "a product has at least one and at most {most_variants} variants",
                most_variants=format(MOST_VARIANTS, ","),
            ),
        )
        return []
    price, stock = _price(top, top, cells), _stock(top, cells)
    parts: list[int] | list[None] = [None] * len(combinations)
    if stock is not None:
        parts = [stock] * len(combinations) if stock == UNCOUNTED else shares(stock, len(combinations))
        if stock not in {0, UNCOUNTED}:
            cells.note(top, said("variations that share one stock get an equal share of it each"))
    return [Offer(top, labels, "", price, part) for labels, part in zip(combinations, parts, strict=True)]


def _choice(text: str, kind: str) -> str:
    """The name of a choice; a colour is written as "#ffffff:White"."""
    return text.split(":", 1)[-1].strip() if kind.upper() in {"COLOR", "SWATCH_CHOICES"} else text


def _images(rows: list[Row], top: Row, cells: Cells) -> tuple[str | None, str]:
    """The pictures of all rows in their order; a bare name is one of Wix's own media."""
    pictures = [each.strip() for row in rows for each in row.get("images").split(";") if each.strip()]
    named = re.compile(r"[\w~%.-]+\.\w{3,4}", re.ASCII)
    return gathered(top, cells, [MEDIA + each if named.fullmatch(each) else each for each in pictures])


def _price(row: Row, top: Row, cells: Cells) -> int:
    """The product's price, or the variant's own, with its surcharge and without the discount."""
    own = row.get("price") if row is not top and not row.has("surcharge") else ""
    price = cells.price(row if own else top, "price", by_machine=True)
    if not cells.usable(top):
        cells.refuse(row, "price", said("the product it belongs to has no price"))
    surcharge = row.get("surcharge").lstrip("+")
    if row is not top and surcharge:
        sign = -1 if surcharge.startswith("-") else 1
        more = amount(surcharge.lstrip("-"), cells.currency, by_machine=True)
        if more is None:
            cells.refuse(row, "surcharge", said("{surcharge} is not an amount", surcharge=repr(surcharge[:32])))
        price += sign * (more or 0)
        if price <= 0:
            cells.refuse(row, "surcharge", said("the price is 0: nobody could pay it"))
    return _discounted(price, top, cells)


def _discounted(price: int, top: Row, cells: Cells) -> int:
    value = top.get("discount")
    if price <= 0 or not value.strip("0., "):
        return price
    cells.note(top, said("what is on sale there comes with its sale price"))
    if top.get("discount mode").upper() == "PERCENT":
        percent = amount(value, "USD", by_machine=True)  # in hundredths
        return price if percent is None else max(price * (10_000 - percent) // 10_000, 1)
    less = amount(value, cells.currency, by_machine=True)
    return price if less is None or less >= price else price - less


def _stock(row: Row, cells: Cells) -> int | None:
    """Its stock; "InStock" is not counted."""
    text = row.get("stock").replace("_", "").lower()
    if not row.has("stock"):
        return None
    if text in {"outofstock", "false"}:
        return 0
    if text in {"", "instock", "true"}:
        cells.note(row, uncounted())
        return UNCOUNTED
    quantity = cells.whole(row, "stock", by_machine=True)
    return None if quantity is None else max(quantity, 0)
