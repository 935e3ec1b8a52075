"""What the settings are called, on their own screens and in the log."""

from collections.abc import Mapping

from bot.words import mark

NAMES: Mapping[str, str] = {
    "shop.name": mark("Name of the shop"),
    "shop.greeting": mark("Greeting"),
    "shop.cover": mark("Picture of the shop"),
    "shop.support": mark("Support"),
    "shop.terms": mark("Terms of sale"),
    "shop.ask_phone": mark("Ask for a phone number"),
    "shop.cart_reminder": mark("Remind of a cart after"),
    "schedule.review_after": mark("Ask for a review after"),
    "shop.ordering": mark("Orders"),
    "shop.notice": mark("Holiday notice"),
    "shop.back_on": mark("Back on"),
    "shop.hours": mark("Opening hours"),
    "shop.shipping": mark("Ways to ship"),
    "shop.return_days": mark("Days for a return"),
    "shop.return_to": mark("Returns go to"),
    "shop.return_reminder": mark("Remind of a return after"),
    "payments.off": mark("Ways to pay"),
    "payments.cash.instructions": mark("Text for cash"),
    "payments.transfer.instructions": mark("Text for transfers"),
    "shop.tax.rates": mark("Rates of tax"),
    "shop.tax.included": mark("Prices contain the tax"),
    "shop.tax.country": mark("Country of the shop"),
    "shop.tax.shipping": mark("Tax class of shipping"),
    "shop.tax.seller": mark("Name and address on receipts"),
    "shop.tax.vat_id": mark("VAT number"),
    "shop.low_stock_at": mark("Stock is low at"),
    "shop.show_stock_below": mark("“Only … left” under"),
    "shop.page_size": mark("Products on a page"),
    "shop.max_quantity": mark("Pieces of one product"),
    "shop.max_unpaid_orders": mark("Unpaid orders of a person"),
    "shop.max_held_units": mark("Pieces in them"),
    "shop.max_held_lines": mark("Products in them"),
}
