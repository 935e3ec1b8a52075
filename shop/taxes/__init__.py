"""What tax a sale carries: rates by country and class, counted line by line in minor units."""

from shop.taxes.classes import REDUCED, STANDARD, ZERO, is_class
from shop.taxes.rates import EU, HUNDRED_PERCENT, Rates, WrongRate, by_place, read_rate, written_rate
from shop.taxes.rule import Sold, Taxed, Taxes, reckon, share, tax_of, taxed

__all__ = [
    "EU",
    "HUNDRED_PERCENT",
    "REDUCED",
    "STANDARD",
    "ZERO",
    "Rates",
    "Sold",
    "Taxed",
    "Taxes",
    "WrongRate",
    "by_place",
    "is_class",
    "read_rate",
    "reckon",
    "share",
    "tax_of",
    "taxed",
    "written_rate",
]
