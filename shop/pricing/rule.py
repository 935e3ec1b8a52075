"""The one rule that says what a product costs at a moment; shop/pricing/columns.py says the same to a database."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class Priced(Protocol):
    """What the rule looks at; prices in minor units of one currency, moments aware UTC, None where nothing is said."""

    @property
    def price(self) -> int:
        """What it costs outside a sale."""
        ...

    @property
    def sale_price(self) -> int | None:
        """What it costs in the sale: less than its price."""
        ...

    @property
    def sale_from(self) -> datetime | None:
        """When the sale begins; None: it began."""
        ...

    @property
    def sale_until(self) -> datetime | None:
        """The first moment after the sale; None: it has no end yet."""
        ...


class Offer(Struct, frozen=True):
    """What is charged at a moment, and what it was before a sale (None outside one); minor units."""

    price: int
    was: int | None = None


def offer_at(product: Priced, now: datetime) -> Offer:
    """What the product costs now, with the old price beside it while it is on sale."""
    if product.sale_price is None or not is_on_sale(product, now):
        return Offer(product.price)
    return Offer(product.sale_price, product.price)


def price_at(product: Priced, now: datetime) -> int:
    """What the product costs now, in minor units of its currency."""
    return offer_at(product, now).price


def is_on_sale(product: Priced, now: datetime) -> bool:
    """Whether its sale price holds: from its first moment, and no longer at the moment when it ends."""
    if product.sale_price is None:
        return False
    began = product.sale_from is None or product.sale_from <= now
    return began and (product.sale_until is None or now < product.sale_until)


def turn_of(product: Priced, now: datetime) -> datetime | None:
    """The next moment at which its price becomes another one by itself; None when there is none."""
    if product.sale_price is None:
        return None
    coming = [moment for moment in (product.sale_from, product.sale_until) if moment is not None and moment > now]
    return min(coming, default=None)
