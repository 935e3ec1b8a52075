"""Product lists of other systems, which are not read as they are: whose it is, and which columns to keep."""

from msgspec import Struct


class System(Struct, frozen=True):
    """How its list is recognised (all of these columns), and what its columns are called here."""

    name: str
    telling: frozenset[str]
    renamed: dict[str, str]


# Columns as the systems' own help pages and public files show them.
SYSTEMS = (
    System(
        "Etsy",
        frozenset({"title", "price", "currency code", "image1"}),
        {"TITLE": "name", "DESCRIPTION": "description", "PRICE": "price", "CURRENCY_CODE": "currency",
         "QUANTITY": "quantity", "IMAGE1": "image_url", "SKU": "sku"},
    ),
    System(
        "Square",
        frozenset({"token", "item name", "variation name"}),
        {"Item Name": "name", "Variation Name": "option", "SKU": "sku", "Description": "description",
         "Category": "category", "Price": "price", "Current Quantity …": "quantity"},
    ),
    System(
        "Ecwid",
        frozenset({"product internal id", "product name", "product price"}),
        {"product_sku": "sku", "product_name": "name", "product_price": "price", "product_quantity": "quantity",
         "product_description": "description", "product_category_1": "category",
         "product_media_main_image_url": "image_url"},
    ),
    System(
        "BigCommerce",
        frozenset({"product name", "product code/sku", "price"}),
        {"Product Name": "name", "Product Code/SKU": "sku", "Product Description": "description", "Price": "price",
         "Current Stock Level": "quantity", "Category": "category"},
    ),
    System(
        "Magento",
        frozenset({"sku", "attribute set code", "product type"}),
        {"sku": "sku", "name": "name", "price": "price", "special_price": "sale_price", "qty": "quantity",
         "description": "description", "categories": "category", "base_image": "image_url"},
    ),
    System(
        "PrestaShop",
        frozenset({"product id", "active (0/1)"}),
        {"Name *": "name", "Reference #": "sku", "Price tax included": "price", "Quantity": "quantity",
         "Categories (x,y,z...)": "category", "Description": "description"},
    ),
    System(
        "OpenCart",
        frozenset({"product id", "model", "name(en-gb)"}),
        {"name(en-gb)": "name", "model": "sku", "price": "price", "quantity": "quantity",
         "description(en-gb)": "description", "image_name": "image_url"},
    ),
    System(
        "Squarespace",
        frozenset({"product id [non editable]", "title"}),
        {"Title": "name", "SKU": "sku", "Option Value 1": "option", "Price": "price", "Sale Price": "sale_price",
         "Stock": "quantity", "Description": "description", "Categories": "category", "Hosted Image URLs": "image_url"},
    ),
)  # fmt: skip


def system_of(keys: frozenset[str]) -> System | None:
    """Whose list it is; None where nobody's is known."""
    return next((each for each in SYSTEMS if each.telling <= keys), None)
