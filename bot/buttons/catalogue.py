"""Buttons of the shelves: categories, pages, search results, the product page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.button import Button
from bot.buttons import button

QUERY_BYTES = 28  # what is left for a search in the fullest button


class Origin(StrEnum):
    """Where a person came from to a product, and goes back to."""

    CATEGORY = "c"
    SEARCH = "s"
    CART = "k"


@button
@dataclass(frozen=True, slots=True)
class OpenCategory(Button):
    """A page of a category (None: the top of the tree), after or before a product's id."""

    prefix: ClassVar[str] = "c"
    category_id: int | None
    after: int | None = None
    before: int | None = None


@button
@dataclass(frozen=True, slots=True)
class OpenSearch(Button):
    """How to search."""

    prefix: ClassVar[str] = "s"


@button
@dataclass(frozen=True, slots=True)
class OpenResults(Button):
    """A page of what a search found; `query` was cut to fit by `bot.views.search.short`."""

    prefix: ClassVar[str] = "sr"
    query: str
    after: int | None = None
    before: int | None = None


@button
@dataclass(frozen=True, slots=True)
class OpenProduct(Button):
    """The product page, a variant chosen if it is a variant's id; the rest says the way back to the same page."""

    prefix: ClassVar[str] = "p"
    product_id: int
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
@dataclass(frozen=True, slots=True)
class PutInCart(Button):
    """The cart shall hold so many of this product; the product page stays on show."""

    prefix: ClassVar[str] = "pq"
    product_id: int
    quantity: int
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
@dataclass(frozen=True, slots=True)
class WatchStock(Button):
    """Tell me, or do not tell me, when this product is back; its page stays on show."""

    prefix: ClassVar[str] = "w"
    product_id: int
    wanted: bool
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None
