"""How the columns of WooCommerce's export are called, and the kinds of products that are not sold here."""

from shop.importing.saying import said
from shop.importing.woocommerce_languages import others

MOST = 12  # attributes and downloads of a product that are read
ENGLISH = {
    "id": ("id",),
    "type": ("type",),
    "sku": ("sku",),
    "name": ("name",),
    "published": ("published",),
    "visibility": ("visibility in catalog", "visibility in catalogue"),
    "short": ("short description",),
    "description": ("description",),
    "sale starts": ("date sale price starts",),
    "sale ends": ("date sale price ends",),
    "in stock": ("in stock?",),
    "stock": ("stock",),
    "low": ("low stock amount",),
    "backorders": ("backorders allowed?",),
    "sale price": ("sale price",),
    "price": ("regular price",),
    **{f"weight {unit}": (f"weight ({unit})", f"gewicht ({unit})") for unit in ("kg", "g", "lbs", "oz")},
    "categories": ("categories",),
    "tags": ("tags",),
    "images": ("images",),
    "parent": ("parent",),
    "position": ("position",),
    "purchase note": ("purchase note",),
}
NAMES = {
    **{field: names + others(field) for field, names in ENGLISH.items()},
    **{f"attribute {n}": (f"attribute {n} name", *others("attribute", n)) for n in range(1, MOST)},
    **{f"values {n}": (f"attribute {n} value(s)", *others("values", n)) for n in range(1, MOST)},
    **{f"download {n}": (f"download {n} url",) for n in range(1, MOST)},
}
TELLING = frozenset(
    {"is featured?", "sold individually?", "external url", "grouped products"}
    | {
        name
        for field in ("visibility", "price", "sale starts", "in stock", "backorders", "values 1")
        for name in NAMES[field]
    }
)
NOT_SOLD = {
    "grouped": said("a group of other products: they are sold one by one here"),
    "external": said("an external product: it is sold on another site"),
    "bundle": said("a bundle of other products"),
    "composite": said("a bundle of other products"),
    "subscription": said("a subscription: those are not sold here"),
    "variable-subscription": said("a subscription: those are not sold here"),
}
