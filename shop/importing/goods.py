"""A product of another shop's export as ours: what all of them have in common, whatever their columns are called."""

import hashlib

from msgspec import Struct, field

from db.models import ProductKind
from shop.importing.cells import Cells, Sale, cut
from shop.importing.reading import Row
from shop.importing.saying import said
from shop.importing.skus import shortened
from shop.importing.wanted import Value, Wanted
from shop.products.draft import LABEL_LIMIT
from shop.products.sku import sku_from

MOST_VARIANTS = 2048  # as many as Shopify permits
UNCOUNTED = 1000  # units of what the other shop sells without counting


class Offer(Struct):
    """One thing that can be bought: a variant, or the product itself. `quantity` is None where the file is silent."""

    row: Row
    options: tuple[str, ...]
    sku: str
    price: int
    quantity: int | None
    made: str = ""  # the SKU we would give it; else from the product's and the options
    image: str | None = None
    more_images: str = ""
    hidden: bool = False
    content: str = ""  # what a buyer of digital goods receives
    low_stock_at: int | None = None
    sale: Sale | None = None  # None where the file is silent
    weight: int | None = None  # grams


class Good(Struct):
    """A product with what it is sold as; None is what the file does not say."""

    row: Row
    made: str
    name: str
    description: str | None = None
    attributes: str = ""  # "Material: wool", one a line
    category: str | None = None
    image: str | None = None
    more_images: str = ""  # the others, one a line
    hidden: bool | None = None
    archived: bool = False  # hidden for good; what is hidden otherwise comes as a draft
    sku: str = ""  # of a product that is sold in variants
    option_names: tuple[str, ...] = ()
    offers: list[Offer] = field(default_factory=list)


def uncounted() -> str:
    """The note about goods that the other shop does not count."""
    return said(
        "what is sold there without counting comes with {n} units: /restock sets another number", n=f"{UNCOUNTED:,}"
    )


def shares(stock: int, among: int) -> list[int]:
    """A stock that several variants have together, in whole units for each; the first ones get what is left over."""
    each, over = divmod(max(stock, 0), among)
    return [each + (place < over) for place in range(among)]


def as_wanted(good: Good, cells: Cells) -> Wanted | None:
    """The product and its variants; None when nothing of it can be sold (the reasons are set aside)."""
    name, description = cells.described(good.row, good.name, good.description or "")
    if not name:
        cells.refuse(good.row, "name", said("the name is missing"))
        return None
    made = shortened(good.made)
    values: dict[str, Value] = {"name": name}
    if good.description is not None or description:
        values["description"] = description
    if good.attributes:
        values["attributes"] = good.attributes
    if good.category is not None:
        values["category"] = good.category
    if good.image is not None:
        values["image_url"] = good.image
    if good.more_images or good.image:  # one that names a picture names all of them
        values["more_images"] = good.more_images
    values |= {"kind": ProductKind.PHYSICAL.value, "currency": cells.currency}
    if good.hidden is not None:
        values["archived"], values["draft"] = good.hidden, good.hidden and not good.archived
    if not good.option_names:
        offers = [offer for offer in good.offers if cells.usable(offer.row)]
        return _sold(offers[0], made, values, cells) if offers else None
    values["option_names"] = cut(" / ".join(each.replace("/", "∕") for each in good.option_names), LABEL_LIMIT)
    wanted = Wanted(good.row.line, good.sku or made, values, is_parent=True, made=made, given=bool(good.sku))
    wanted.known_as = (made,) if good.sku else ()
    wanted.variants = _variants(good, made, values, cells)
    if not wanted.variants:
        return None
    kinds = {str(variant.values["kind"]) for variant in wanted.variants}
    values["kind"] = ProductKind.DIGITAL.value if kinds == {"digital"} else ProductKind.PHYSICAL.value
    values["price"] = min(int(variant.values["price"] or 0) for variant in wanted.variants)
    return wanted


def _variants(good: Good, made: str, shared: dict[str, Value], cells: Cells) -> list[Wanted]:
    variants: list[Wanted] = []
    seen: dict[str, int] = {}
    for offer in good.offers:
        row = offer.row
        label = " / ".join(part.replace("/", "∕") for part in offer.options if part)
        if len(label) > LABEL_LIMIT:
            cells.note(row, said("options longer than {label_limit} characters are cut", label_limit=LABEL_LIMIT))
            label = cut(label, LABEL_LIMIT)
        if not label:
            cells.refuse(row, "option1 value", said("the option of this variant is missing"))
        elif label.casefold() in seen:
            message = said(
                "the variant {label} is already on line {line}", label=repr(label), line=seen[label.casefold()]
            )
            cells.refuse(row, "option1 value", message)
        elif len(variants) == MOST_VARIANTS:
            cells.refuse(
                row,
                "option1 value",
                said("a product has at most {most_variants} variants", most_variants=format(MOST_VARIANTS, ",")),
            )
        if not cells.usable(row):
            continue
        seen[label.casefold()] = row.line
        values: dict[str, Value] = {"name": shared["name"], "option_label": label}
        values |= {key: shared[key] for key in ("kind", "currency", "archived", "draft") if key in shared}
        if offer.image is not None:
            values["image_url"] = offer.image
        if offer.more_images:
            values["more_images"] = offer.more_images
        variants.append(_sold(offer, offer.made or shortened(f"{made}-{_spelled(label)}"), values, cells))
    return variants


def _sold(offer: Offer, made: str, values: dict[str, Value], cells: Cells) -> Wanted:
    values["price"] = offer.price
    if offer.sale is not None:
        values |= offer.sale.values()
    if offer.content:
        values["kind"], values["digital_content"] = ProductKind.DIGITAL.value, offer.content
    if offer.weight is not None:
        values["weight"] = offer.weight
    if offer.low_stock_at is not None:
        values["low_stock_at"] = offer.low_stock_at
    if offer.hidden:
        values["archived"], values["draft"] = True, not values.get("archived") or bool(values.get("draft"))
    given = shortened(offer.sku)
    if given != offer.sku:
        cells.note(offer.row, said("SKUs that are too long are cut, with a checksum behind them"))
    return Wanted(
        offer.row.line,
        given or made,
        values,
        quantity=offer.quantity,
        made=made,
        given=bool(given),
        known_as=(made,) if given else (),
    )


def _spelled(label: str) -> str:
    """The label in letters for a SKU; a checksum where two labels would be spelled alike ("+" and "-")."""
    spelling = sku_from(label).lower()
    plain = "".join(letter for letter in label.lower() if letter.isalnum())
    if plain.isascii() and plain == spelling.replace("-", ""):
        return spelling
    return f"{spelling}-{hashlib.sha256(label.encode()).hexdigest()[:6]}"
