"""From a cart to an order: what it will cost, where it goes, and the one order it becomes."""

from shop.checkout.placing import (
    NOTE_LENGTH,
    CheckoutSummary,
    Terms,
    choose_shipping,
    place_order,
    summarise,
    summary_in,
)

__all__ = [
    "NOTE_LENGTH",
    "CheckoutSummary",
    "Terms",
    "buying_now",
    "choose_shipping",
    "place_order",
    "summarise",
    "summary_in",
]
