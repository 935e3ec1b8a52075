"""From a cart to an order: what it will cost, where it goes, and the one order it becomes."""

from shop.checkout.placing import (
    NOTE_LENGTH,
    PRESENT_LENGTH,
    CheckoutSummary,
    Terms,
    place_order,
    summarise,
    summary_in,
)
from shop.checkout.sending import choose_shipping, send_free
from shop.checkout.taxing import taxes_of

__all__ = [
    "NOTE_LENGTH",
    "PRESENT_LENGTH",
    "CheckoutSummary",
    "Terms",
    "buying_now",
    "choose_shipping",
    "place_order",
    "quoting",
    "send_free",
    "summarise",
    "summary_in",
    "taxes_of",
    "weighing",
]
