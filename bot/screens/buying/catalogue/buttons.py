"""Buttons of the shelves: categories, pages, search results, the product page."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button

QUERY_BYTES = 28  # what is left for a search in the fullest button


class Origin(StrEnum):
    """Where a person came from to a product, and goes back to."""

    CATEGORY = "c"
    NEWEST = "n"  # a category, the newest first
    SEARCH = "s"
    CART = "k"
    FAVOURITES = "f"
    ARRIVALS = "w"
    VIEWED = "v"
    TOGETHER = "t"  # what is bought with another product


@button
class OpenCategory(Button, frozen=True):
    """A page of a category (None: the top of the tree), after or before a product's id.

    `view`: how it is looked at (shop/catalog/views.py); `newest` says so on keys of before there was a choice.
    """

    prefix: ClassVar[str] = "c"
    category_id: int | None
    after: int | None = None
    before: int | None = None
    newest: bool = False
    view: str | None = None


@button
class ChooseView(Button, frozen=True):
    """How to look at a category, or at what a search found (`query`, with the view before it: see parts/listing.py)."""

    prefix: ClassVar[str] = "zv"
    category_id: int | None = None
    view: str | None = None
    query: str | None = None


@button
class OpenShelves(Button, frozen=True):
    """The page of a category's own categories (None: of the top's) on which this one stands."""

    prefix: ClassVar[str] = "cs"
    category_id: int | None
    child_id: int


@button
class OpenSearch(Button, frozen=True):
    """How to search."""

    prefix: ClassVar[str] = "s"


@button
class OpenResults(Button, frozen=True):
    """A page of what a search found; `query` was cut to fit, and may begin with a view (see parts/listing.py)."""

    prefix: ClassVar[str] = "sr"
    query: str
    after: int | None = None
    before: int | None = None


@button
class OpenProduct(Button, frozen=True):
    """The product page, a variant chosen if it is a variant's id; the rest says the way back to the same page."""

    prefix: ClassVar[str] = "p"
    product_id: int
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
class PickOptions(Button, frozen=True):
    """The product page with some options picked: those of this variant that `state` names."""

    prefix: ClassVar[str] = "pk"
    product_id: int
    state: str
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
class OpenPhoto(Button, frozen=True):
    """The product page with this one of its photos.

    `state` ends in its place from 1, below zero where it is reached going back; before that stands what is picked.
    """

    prefix: ClassVar[str] = "ph"
    product_id: int
    state: str
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
class ReadProduct(Button, frozen=True):
    """A page of what a product's seller says about it; the rest says the way back to the product's page."""

    prefix: ClassVar[str] = "rp"
    product_id: int
    page: int = 0
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
class PutInCart(Button, frozen=True):
    """The cart shall hold so many of this product; the product page stays on show."""

    prefix: ClassVar[str] = "pq"
    product_id: int
    quantity: int
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None
    page: int = 1  # which of its photos is on show


@button
class LikeProduct(Button, frozen=True):
    """I like this product, or not any more; its page stays on show."""

    prefix: ClassVar[str] = "lk"
    product_id: int
    wanted: bool
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None


@button
class WatchStock(Button, frozen=True):
    """Tell me, or do not tell me, when this product is back; its page stays on show."""

    prefix: ClassVar[str] = "w"
    product_id: int
    wanted: bool
    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None
