"""Our own columns, the other names that people give them, and what is said about names that nobody knows."""

import difflib
import re

from db.texts import LANGUAGES
from shop.importing.reading import Sheet, Unreadable
from shop.importing.report import Notes
from shop.importing.saying import said

TEXTS = tuple(f"{field}_{language}" for language in LANGUAGES for field in ("name", "description"))
COLUMNS = (
    "sku",
    "parent_sku",
    "name",
    "option_names",
    "option",
    "category",
    "description",
    "attributes",
    "weight",
    "kind",
    "price",
    "sale_price",
    "sale_from",
    "sale_until",
    "currency",
    "tax_class",
    "quantity",
    "stock_at_export",
    "low_stock_at",
    "image_url",
    "photo",
    "more_images",
    "digital_content",
    "archived",
    "draft",
    *TEXTS,
    "owner",
)
SYNONYMS = {
    "sku": "article number, article, item number, item no, product code, code, artikelnummer, artikelnr, артикул",
    "parent_sku": "parent",
    "name": "title, product, product name, product title, item, item name, produkt, produktname, bezeichnung, titel,"
    " artikel, название, наименование, товар, имя",
    "option_names": "option name, options",
    "option": "variant, variant name, option value, variante, вариант",
    "category": "categories, product category, kategorie, категория, раздел",
    "description": "body, details, text, product description, beschreibung, описание",
    "price": "regular price, unit price, preis, verkaufspreis, цена",
    "attributes": "properties, eigenschaften, merkmale, характеристики",
    "weight": "weight g, weight (g), grams, gewicht, gewicht g, gewicht (g), вес, вес г, вес (г)",
    "sale_price": "angebotspreis, aktionspreis, цена со скидкой, цена по акции",
    "sale_from": "sale starts, date sale price starts, angebot ab, акция с",
    "sale_until": "sale ends, date sale price ends, angebot bis, акция до",
    "currency": "währung, валюта",
    "tax_class": "steuerklasse, налоговый класс",
    "quantity": "qty, stock, stock quantity, stock level, quantity in stock, on hand, inventory, units,"
    " menge, anzahl, bestand, lagerbestand, количество, кол-во, остаток, остатки, наличие",
    "low_stock_at": "low stock, low stock amount, reorder level, meldebestand",
    "image_url": "image, images, image link, image src, picture, picture url, img, bild, bilder, bild url, изображение,"
    " картинка, фото",
    "more_images": "additional images, additional image link, gallery, weitere bilder, дополнительные изображения",
    "digital_content": "download, download url",
    "archived": "hidden, versteckt, скрыт",
    "draft": "entwurf, черновик",
    "published": "visible, active, enabled, on sale, veröffentlicht, sichtbar, aktiv,"
    " опубликован, опубликовано, активен",
    "status": "state",
    "seller": "",  # a name for people to read, beside the owner
}
# Names that say that a column would matter, if only it were understood.
MATTERS = re.compile(
    r"qty|quant|amount|count|available|stock|invent|price|preis|image|picture|photo|bild|varia|option|visib|publish|hidden|draft|status|archiv"
    r"|menge|bestand|остат|колич|цена|фото|скры"
)
UNTOLD = re.compile(r"discount|country|account|alt|title|caption|position|compare|cost|ek|min|max|tax|unit|weight|id$")


def _names() -> dict[str, tuple[str, ...]]:
    every = (*COLUMNS, "published", "status", "seller")
    names: dict[str, tuple[str, ...]] = {column: (column.replace("_", " "),) for column in every}
    for column, others in SYNONYMS.items():
        names[column] += tuple(other for other in others.split(", ") if other)
    return names


NAMES = _names()
KNOWN = {key: column for column, keys in NAMES.items() for key in keys}


def recognise(keys: frozenset[str]) -> str:
    """How the file is called, or empty when its columns are not ours: a SKU or a name, beside something about it."""
    known = {KNOWN[key] for key in keys if key in KNOWN}
    if not {"sku", "name"} & known or len(known) < 2:  # noqa: PLR2004  one alone says nothing
        return ""
    return "our own export" if "stock_at_export" in known else "a list with our own columns"


def check(sheet: Sheet, notes: Notes) -> None:
    """Refuse a file with a column that would be lost although it matters; note the others. Raises Unreadable."""
    unknown = []
    for key, column in zip(sheet.keys, sheet.columns, strict=True):
        if not key or key in KNOWN:
            continue
        close = difflib.get_close_matches(key, KNOWN, n=1, cutoff=0.8) if len(key) <= 40 else []  # noqa: PLR2004
        if close:
            hint = said("did you mean {column}?", column=KNOWN[close[0]])
        elif MATTERS.search(key) and not UNTOLD.search(key):
            hint = said("known are {names}.", names=", ".join(COLUMNS))
        else:
            unknown.append(column[:40])
            continue
        raise Unreadable(
            1,
            said(
                "the column {column} would be lost: {hint} Rename it, or take it out",
                column=repr(column[:40]),
                hint=hint,
            ),
        )
    if unknown:
        more = ", …" if len(unknown) > 12 else ""  # noqa: PLR2004  enough to know which
        notes.add(
            said("columns that say nothing here are left out: {names}{more}", names=", ".join(unknown[:12]), more=more)
        )
