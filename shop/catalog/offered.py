"""What is on sale: said here, and asked from here by every door (catalogue, search, cart, favourites, messages, posts).

A product is offered while it is published and no category that it is in is hidden. Hiding is kept on the categories
(`off` holds for all that are below a hidden one): to hide ten thousand products writes their categories alone, and
whoever reads a product looks up one category by its key.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func
from sqlalchemy.orm import aliased

from db.models import Category, Product


def is_offered(product: Any = Product, parent: Any = None) -> ColumnElement[bool]:
    """Whether a product is on sale; of what may be a variant, `parent` is its parent as joined (outer).

    Of a variant whose parent was asked already, nothing more than the variant is asked.
    """
    published = product.archived_at.is_(None)
    if parent is None:
        return and_(published, in_sight(product.category_id))
    category_id = func.coalesce(parent.category_id, product.category_id)
    return and_(published, parent.archived_at.is_(None), in_sight(category_id))


def goes_into_carts(product: Any = Product, parent: Any = None) -> ColumnElement[bool]:
    """The same of what is paid once: what is paid every month is bought by itself."""
    return and_(is_offered(product, parent), product.monthly.is_(False))


def is_live() -> ColumnElement[bool]:
    """Whether a variant of what is offered is on sale, too."""
    return Product.archived_at.is_(None)


def in_sight(category_id: Any) -> ColumnElement[bool]:
    """Whether no category there, or above, is hidden; what is in none is in sight."""
    category = aliased(Category)
    return ~exists().where(category.id == category_id, category.off)
