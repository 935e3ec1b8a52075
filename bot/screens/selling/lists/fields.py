"""How the fields of a list are called."""

from collections.abc import Mapping

from bot.words import mark

FIELDS: Mapping[str, str] = {
    "sku": mark("SKU"),
    "name": mark("name"),
    "option_names": mark("variant"),
    "option_label": mark("variant"),
    "description": mark("description"),
    "attributes": mark("attributes"),
    "texts": mark("translations"),
    "tax_class": mark("tax class"),
    "price": mark("price"),
    "sale_price": mark("sale price"),
    "sale_from": mark("sale from"),
    "sale_until": mark("sale until"),
    "currency": mark("currency"),
    "quantity": mark("stock"),
    "photo": mark("picture"),
    "weight": mark("weight in grams"),
    "draft": mark("draft"),
    "kind": mark("kind"),
    "digital_content": mark("what buyers receive"),
    "category": mark("category"),
    "image_url": mark("picture"),
    "more_images": mark("pictures"),
    "archived": mark("on sale or not"),
    "variant of": mark("variant"),
    "low_stock_at": mark("low stock"),
    "edited": mark("changed since: off sale now"),
}
