"""What a product costs at a moment: its price, or its sale price from one moment until another."""

from shop.pricing.changing import drop_hollow_sale, reprice_variants
from shop.pricing.columns import cost, next_turn, turn
from shop.pricing.rule import Offer, Priced, is_on_sale, offer_at, price_at, turn_of

__all__ = [
    "Offer",
    "Priced",
    "cost",
    "drop_hollow_sale",
    "is_on_sale",
    "next_turn",
    "offer_at",
    "price_at",
    "reprice_variants",
    "turn",
    "turn_of",
]
