"""A product in words: in the list, and on its page."""

from typing import Any

from db.models import MovementReason, Product
from db.money import Money
from shop.catalog.cards import Picture
from shop.products.owned import OwnedProduct
from shop.products.stock_history import StockChange
from web.desk.words import Words, mark

REASONS = {
    MovementReason.RECEIVED: mark("received"),
    MovementReason.SOLD: mark("sold"),
    MovementReason.RETURNED: mark("returned"),
    MovementReason.CORRECTED: mark("counted"),
}
COLOURS = {"on sale": "green", "draft": "yellow", "archived": "secondary"}


def standing(product: Product) -> str:
    """On sale, a draft, or archived."""
    if product.archived_at is None:
        return "on sale"
    return "draft" if product.draft else "archived"


def said(words: Words, product: Product) -> str:
    """The same in words."""
    match standing(product):
        case "on sale":
            return words.plain("on sale")
        case "draft":
            return words.plain("draft")
        case _:
            return words.plain("archived")


def row(words: Words, item: OwnedProduct) -> dict[str, Any]:
    """A product in the list, or a variant on its product's page."""
    product = item.product
    return {
        "id": product.id,
        "name": product.option_label if product.parent_id is not None else product.name,
        "sku": product.sku,
        "price": words.money(product.price, product.currency),
        "left": words.number(item.available),
        "is_out": item.available <= 0,
        "held": words.number(item.reserved) if item.reserved else "",
        "variants": len(item.variants),
        "standing": said(words, product),
        "colour": COLOURS[standing(product)],
        "seller": item.seller,
    }


def fields(item: OwnedProduct, category: str) -> dict[str, str]:
    """What the form has in it."""
    product = item.product
    return {
        "name": product.name,
        "category": category,
        "description": product.description,
        "attributes": product.attributes or "",
        "price": str(Money(product.price, product.currency).major()),
        "option_label": product.option_label or "",
        "digital_content": product.digital_content or "",
        "low_stock_at": str(item.low_stock_at),
    }


def photo(picture: Picture, place: int, last: int) -> dict[str, Any]:
    """A photo, and whether it can move."""
    return {"mark": picture.mark, "place": place, "is_first": not place, "is_last": place == last}


def movement(words: Words, one: StockChange) -> dict[str, str]:
    """A line of the stock's history."""
    return {
        "at": words.datetime(one.created_at),
        "delta": f"{one.delta:+d}".replace("-", "\u2212"),
        "after": words.number(one.after),
        "reason": words.plain(REASONS[one.reason]),
        "who": one.person,
        "note": one.note or "",
    }
