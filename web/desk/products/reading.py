"""What the forms of a product say, checked by the rules of the chat's."""

from collections.abc import Mapping
from typing import Any

from db.models import Product, ProductKind
from shop.products.attributes import read_attributes
from shop.products.draft import (
    ProductDraft,
    read_category,
    read_content,
    read_description,
    read_label,
    read_name,
    read_price,
    read_quantity,
)
from shop.products.editing import ProductChanges

Form = Mapping[str, Any]


def text(form: Form, name: str) -> str:
    """A field as it was typed, with the line ends of everybody else."""
    return str(form.get(name, "")).replace("\r\n", "\n")


def changes(form: Form, product: Product) -> ProductChanges:
    """What to change: only what the form has. Raises CannotRead (field, hint)."""
    stated: dict[str, Any] = {}
    if product.parent_id is None:
        stated["name"] = read_name(text(form, "name"))
        stated["category"] = read_category(text(form, "category"))
        stated["description"] = read_description(text(form, "description"))
        lines = text(form, "attributes").strip()
        stated["attributes"] = read_attributes(lines) if lines else ""
    elif "option_label" in form:
        stated["option_label"] = read_label(text(form, "option_label"))
    if "price" in form:
        stated["price"] = read_price(text(form, "price"), product.currency)
    if "low_stock_at" in form:
        stated["low_stock_at"] = read_quantity(text(form, "low_stock_at"))
    if product.kind is ProductKind.DIGITAL and "digital_content" in form:
        stated["digital_content"] = read_content(text(form, "digital_content"))
    return ProductChanges(**stated)


def draft(form: Form, currency: str) -> ProductDraft:
    """A product to be. Raises CannotRead (field, hint)."""
    return ProductDraft(
        name=read_name(text(form, "name")),
        price=read_price(text(form, "price"), currency),
        currency=currency,
        quantity=read_quantity(text(form, "quantity")),
        category=read_category(text(form, "category")),
        description=read_description(text(form, "description")),
    )
