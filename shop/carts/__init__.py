"""Carts: what a person put aside, at which price it was shown, and whether it can still be bought."""

from shop.carts.lines import CartLine, CartView, SellerCart, acknowledge_prices, clear, fit, look, set_quantity

__all__ = [
    "CartLine",
    "CartView",
    "SellerCart",
    "acknowledge_prices",
    "clear",
    "counts",
    "fit",
    "locking",
    "look",
    "refill",
    "reminding",
    "set_quantity",
    "single",
    "view",
]
