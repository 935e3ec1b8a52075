"""Which file it is, by its columns: the shop system whose export it looks like, or our own columns."""

from collections.abc import Callable

from msgspec import Struct

from shop.importing import own, own_columns, shopify, wix, woocommerce, woocommerce_columns
from shop.importing.cells import Cells
from shop.importing.elsewhere import system_of
from shop.importing.reading import Sheet, Unreadable
from shop.importing.saying import said
from shop.importing.wanted import Wanted


class Format(Struct, frozen=True):
    """A kind of file: how it is recognised and read, and the columns that most say so."""

    name: str
    called: str
    recognise: Callable[[frozenset[str]], str]
    read: Callable[[Sheet, Cells], list[Wanted]]
    fields: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]


FORMATS = (
    Format(
        "shopify",
        "Shopify's product export",
        shopify.recognise,
        shopify.read_shopify,
        shopify.NAMES,
        ("Handle", "Title", "Variant Price"),
    ),
    Format(
        "wix",
        "Wix's product export",
        wix.recognise,
        wix.read_wix,
        wix.NAMES,
        ("handleId", "fieldType", "name", "price"),
    ),
    Format(
        "woocommerce",
        "WooCommerce's product export",
        woocommerce.recognise,
        woocommerce.read_woocommerce,
        woocommerce_columns.NAMES,
        ("Type", "SKU", "Name", "Regular price", "In stock?"),
    ),
    Format(
        "own", "our own columns", own_columns.recognise, own.read_own, own_columns.NAMES, ("name", "price", "quantity")
    ),
)
NOT_PRODUCTS = (
    ({"handle", "title", "location"}, "Shopify's list of inventory"),
    ({"lineitem name", "financial status"}, said("a list of orders")),
    ({"first name", "last name"}, said("a list of customers")),
    ({"order id"}, said("a list of orders")),
    ({"order number"}, said("a list of orders")),
)


def recognised(sheet: Sheet) -> tuple[Format, str]:
    """The format and what the file is called. Raises Unreadable, with the nearest format, for what is none."""
    keys = frozenset(sheet.keys)
    for telling, what in NOT_PRODUCTS:
        if telling <= keys and not keys & {"price", "variant price", "regular price"}:
            raise Unreadable(1, said("this is {what}, not of products: export the products", what=what))
    if (system := system_of(keys)) is not None:
        renamed = ", ".join(f"{there} → {here}" for there, here in system.renamed.items() if there != here)
        raise Unreadable(
            1,
            said(
                "this is the product list of {system}, which is not read as it is: rename its columns "
                "({renamed}), and take the others out",
                system=system.name,
                renamed=renamed,
            ),
        )
    for each in FORMATS:
        called = each.recognise(keys)
        if called:
            _refuse_twice(sheet, each)
            return each, called
    nearest = max(FORMATS, key=lambda each: (_known(each, keys), each.name == "own"))
    given = ", ".join(column[:30] for column in sheet.columns[:8])
    missing = ", ".join(column for column in nearest.needed if column.casefold() not in keys)
    raise Unreadable(
        1,
        said(
            "these columns say nothing about products: {given}. Nearest is {called}; it lacks {missing}. "
            "Read are the product exports of Shopify, WooCommerce and Wix, and our own columns: {names}",
            given=given,
            called=nearest.called,
            missing=missing,
            names=", ".join(own_columns.COLUMNS),
        ),
    )


def _known(each: Format, keys: frozenset[str]) -> int:
    return sum(bool(keys.intersection(names)) for names in each.fields.values())


def _refuse_twice(sheet: Sheet, each: Format) -> None:
    read = {name for names in each.fields.values() for name in names}
    twice = sorted(sheet.twice & read)
    if twice:
        raise Unreadable(1, said("this column is there twice"), sheet.columns[sheet.keys.index(twice[0])])
