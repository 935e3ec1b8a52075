"""What customers browse: categories, cards, a product's page, search, and the shelves kept in memory."""

from shop.catalog.cards import (
    CategoryCard,
    OptionAxis,
    Picture,
    ProductCard,
    ProductPage,
    ProductSummary,
    VariantCard,
)
from shop.catalog.categories import category_path, list_categories
from shop.catalog.reading import get_product, guess, list_newest, list_products, meant, pick, search

__all__ = [
    "CategoryCard",
    "OptionAxis",
    "Picture",
    "ProductCard",
    "ProductPage",
    "ProductSummary",
    "VariantCard",
    "cards",
    "categories",
    "category_path",
    "get_product",
    "glances",
    "guess",
    "list_categories",
    "list_newest",
    "list_products",
    "listings",
    "meant",
    "offered",
    "pick",
    "search",
    "searching",
    "shelves",
    "shots",
    "sorting",
    "together",
    "views",
]
