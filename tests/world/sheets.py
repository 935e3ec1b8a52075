"""Small CSV files as sellers have them."""

import csv
from io import StringIO

COLUMNS = """
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,
Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Image Src,Image Position,
Variant Image,Status,Variant Compare At Price
"""
SHOPIFY_COLUMNS = COLUMNS.replace("\n", "").split(",")


def shopify(*rows: dict[str, str]) -> bytes:
    """A Shopify export with these rows; keys are column names."""
    out = StringIO()
    writer = csv.DictWriter(out, SHOPIFY_COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def a_mug(**cells: str) -> dict[str, str]:
    """A Shopify row for a product without variants; underscores in keys stand for blanks."""
    row = {
        "Handle": "blue-mug",
        "Title": "Blue mug",
        "Body (HTML)": "<p>Holds <b>tea</b> &amp; more.</p><ul><li>washable</li></ul><script>no()</script>",
        "Type": "Kitchen",
        "Tags": "mugs, blue",
        "Published": "true",
        "Option1 Name": "Title",
        "Option1 Value": "Default Title",
        "Variant Inventory Qty": "4",
        "Variant Price": "9.90",
        "Image Src": "https://pictures.example/mug.jpg",
    }
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def a_shirt() -> list[dict[str, str]]:
    """Shopify rows for a shirt in three variants and a row that only brings a second picture."""
    first = {"Handle": "shirt", "Title": "Shirt", "Published": "true", "Option1 Name": "Colour", "Option2 Name": "Size"}
    options = [("Blue", "S", "2"), ("Blue", "L", "0"), ("Red", "S", "1")]
    rows = [
        {
            "Handle": "shirt",
            "Option1 Value": colour,
            "Option2 Value": size,
            "Variant Inventory Qty": quantity,
            "Variant Price": "20" if colour == "Blue" else "25",
        }
        for colour, size, quantity in options
    ]
    rows[0] |= first
    return [*rows, {"Handle": "shirt", "Image Src": "https://pictures.example/back.jpg", "Image Position": "2"}]
