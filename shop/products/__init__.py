"""Products as their owner sees them: drafts, prices, variants, SKUs and units received."""

from shop.products.editing import (
    ProductChanges,
    ProductDraft,
    archive,
    create,
    edit,
    find_by_sku,
    find_same,
    get_owned,
    list_owned,
    remember_file_id,
    set_price,
    unarchive,
)

__all__ = [
    "ProductChanges",
    "ProductDraft",
    "archive",
    "create",
    "currency",
    "draft",
    "edit",
    "editing",
    "find_by_sku",
    "find_same",
    "form",
    "get_owned",
    "list_owned",
    "owned",
    "remember_file_id",
    "restock",
    "set_price",
    "sku",
    "unarchive",
    "variants",
]
