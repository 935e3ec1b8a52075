"""What a product was before a list changed it: taken before the writing, held against what is there after it.

Columns that only make sense together are kept, and put back, together.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from db.models import Product
from db.models.product import ProductKind

# what is put back as one, and the name by which a list calls it
GROUPS: Mapping[str, tuple[str, ...]] = {
    "sku": ("sku",),
    "name": ("name",),
    "option_names": ("option_names",),
    "option_label": ("option_label",),
    "description": ("description",),
    "attributes": ("attributes",),
    "texts": ("texts",),
    "tax_class": ("tax_class",),
    "weight": ("weight",),
    "price": ("price", "currency", "sale_price", "sale_from", "sale_until"),
    "kind": ("kind",),
    "digital_content": ("digital_content",),
    "category": ("category_id",),
    "image_url": ("image_url", "photo_file_id", "photo_bot_id"),
    "archived": ("archived_at", "draft"),
    "variant of": ("parent_id",),
    "position": ("position",),
}
MOMENTS = {"sale_from", "sale_until", "archived_at"}
PICTURES, MARK = "more_images", "low_stock_at"  # kept beside the product

Kept = dict[str, Any]


def columns_of(product: Product) -> Kept:
    """Every column that a list may change, as JSON keeps it."""
    return {name: _plain(getattr(product, name)) for names in GROUPS.values() for name in names}


def difference(before: Kept, after: Kept) -> tuple[Kept, Kept]:
    """The groups in which anything differs, of both; of what was not there before, everything."""
    if not before:
        return {}, after
    moved = [name for name in _alone(before, after) if before.get(name) != after.get(name)]
    for names in GROUPS.values():
        if any(before.get(name) != after.get(name) for name in names):
            moved += names
    return {name: before.get(name) for name in moved}, {name: after.get(name) for name in moved}


def put_back(product: Product, before: Kept, after: Kept, left: Iterable[str] = ()) -> list[str]:
    """Give the product its old columns, but for groups that were changed since or are in `left`: these are named."""
    kept = []
    now = columns_of(product)
    for group, names in GROUPS.items():
        if names[0] not in before:
            continue
        if group in left or not _stands(group, now, after):
            kept.append(group)
            continue
        for name in names:
            setattr(product, name, _value(name, before[name]))
    return kept


def _stands(group: str, now: Kept, after: Kept) -> bool:
    """Whether nobody changed it since; that Telegram knows a picture by now is no change."""
    if group == "image_url":
        names: tuple[str, ...] = ("image_url",) if now["image_url"] else ("image_url", "photo_file_id")
        return all(now[name] == after[name] for name in names)
    if group == "archived":
        return (now["archived_at"] is None, now["draft"]) == (after["archived_at"] is None, after["draft"])
    if group == "position":
        return True
    return all(now[name] == after[name] for name in GROUPS[group])


def _alone(before: Kept, after: Kept) -> list[str]:
    return [name for name in (PICTURES, MARK) if name in before or name in after]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _value(name: str, kept: Any) -> Any:
    if name in MOMENTS and kept is not None:
        return datetime.fromisoformat(kept)
    return ProductKind(kept) if name == "kind" else kept
