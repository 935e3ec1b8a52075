"""What a customer may see of the catalogue, as frozen values; amounts are minor units of `currency`."""

from datetime import datetime
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from db.models import ProductKind
from db.texts import name_in, texts_of

OPTION_SEPARATOR = " / "


class CategoryCard(Struct, frozen=True):
    """A node of the tree: whether products on sale hang on it directly, and whether there are categories below."""

    id: int
    name: str
    parent_id: int | None
    has_products: bool
    has_children: bool
    hidden: bool = False
    texts: str | None = None

    def said_in(self, language: str) -> "CategoryCard":
        """The same, named as readers of this language know it."""
        return replace(self, name=name_in(language, self.name, self.texts)) if self.texts else self


class Picture(Struct, frozen=True):
    """Where the picture is: a file_id good for one bot, or a URL or media path; both may be missing."""

    file_id: str | None
    bot_id: int | None
    source: str | None

    @property
    def exists(self) -> bool:
        """Whether there is anything to show."""
        return self.file_id is not None or self.source is not None

    @property
    def mark(self) -> str:
        """What tells it from the other pictures of a product, short enough for a key."""
        return sha256((self.source or self.file_id or "").encode()).hexdigest()[:8]


class Shot(Struct, frozen=True):
    """A picture of a gallery, and whose it is: the product's, or its variant's."""

    product_id: int
    picture: Picture


class ProductSummary(Struct, frozen=True):
    """One line of a list; with `from_price` the price is the lowest of several variants.

    `was`: what the cheapest cost before the sale that it is in; `turns_at`: when a sale among them begins or ends next.
    """

    id: int
    name: str
    price: int
    currency: str
    from_price: bool
    available: int
    rating_average: float | None
    rating_count: int
    was: int | None = None
    turns_at: datetime | None = None
    picture: Picture | None = None
    texts: str | None = None

    def said_in(self, language: str) -> "ProductSummary":
        """The same, named as readers of this language know it."""
        return replace(self, name=name_in(language, self.name, self.texts)) if self.texts else self


class ProductPage(Struct, frozen=True):
    """Some products and whether there are more before and after them."""

    items: tuple[ProductSummary, ...]
    has_previous: bool
    has_next: bool

    def said_in(self, language: str) -> "ProductPage":
        """The same, each named as readers of this language know it."""
        return replace(self, items=tuple(item.said_in(language) for item in self.items))

    @property
    def first_id(self) -> int | None:
        """What to hand in as `before_id` for the page before."""
        return self.items[0].id if self.items else None

    @property
    def last_id(self) -> int | None:
        """What to hand in as `after_id` for the page after."""
        return self.items[-1].id if self.items else None


class VariantCard(Struct, frozen=True):
    """One variant: a value for each option of its parent, in the parent's order."""

    id: int
    sku: str
    label: str
    values: tuple[str, ...]
    price: int
    available: int
    picture: Picture
    was: int | None = None  # the price before the sale that it is in
    sale_until: datetime | None = None


class OptionAxis(Struct, frozen=True):
    """One option ("Size") and the values on offer, in the order of the variants."""

    name: str
    values: tuple[str, ...]


class ProductCard(Struct, frozen=True):
    """Everything the product page shows; `chosen` is the variant that was asked for by its own id, if any.

    `was` and `turns_at` are those of a ProductSummary; `sale_until` is when the sale of what is shown ends, if it is
    known and the same for all of it.
    """

    id: int
    sku: str
    name: str
    description: str
    price: int
    currency: str
    from_price: bool
    available: int
    kind: ProductKind
    category_id: int | None
    owner_id: int
    owner_name: str
    picture: Picture
    rating_average: float | None
    rating_count: int
    axes: tuple[OptionAxis, ...]
    variants: tuple[VariantCard, ...]
    chosen: VariantCard | None
    has_variants: bool  # true too when every variant was archived: then nothing is for sale
    was: int | None = None
    turns_at: datetime | None = None
    sale_until: datetime | None = None
    shots: tuple[Shot, ...] = ()  # all pictures of the product, the first one first
    attributes: tuple[tuple[str, str], ...] = ()
    has_company: bool = False  # other products are often bought with it
    own_shots: tuple[Shot, ...] = ()  # those of the variant that was asked for, or of the only one
    texts: str | None = None
    weight: int | None = None  # grams of one, where all of what is shown weighs the same
    monthly: bool = False  # paid for every month

    def said_in(self, language: str) -> "ProductCard":
        """The same, named and described for readers of this language, as far as the seller did so."""
        said = texts_of(self.texts).get(language)
        if said is None:
            return self
        return replace(self, name=said.name or self.name, description=said.description or self.description)

    @property
    def only_or_chosen(self) -> VariantCard | None:
        """The variant that is meant: the one that was asked for, or the only one there is."""
        return self.chosen or (self.variants[0] if len(self.variants) == 1 else None)

    def variant(self, product_id: int | None) -> VariantCard | None:
        """The variant with this id, if it is one of this product's."""
        return next((variant for variant in self.variants if variant.id == product_id), None)


def option_values(label: str | None) -> tuple[str, ...]:
    """The values in a label: "Blue / Large" is ("Blue", "Large")."""
    return tuple(part.strip() for part in (label or "").split(OPTION_SEPARATOR) if part.strip())


def average(rating_sum: int, rating_count: int) -> float | None:
    """The average rating, or None when nobody rated yet."""
    return rating_sum / rating_count if rating_count else None
