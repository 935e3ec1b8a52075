"""The arithmetic of tax: rounded half up on each line, then added up; whole minor units throughout, never a float.

A line's tax is counted on what all its units cost after the discount. Where prices contain the tax it is a part of
that, otherwise it comes on top.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from shop.taxes.rates import HUNDRED_PERCENT, Rates


class Sold(NamedTuple):
    """What a line comes to after its discount, in minor units, and its class."""

    amount: int
    tax_class: str | None


class Taxed(NamedTuple):
    """A line's rate, and its tax: on top of its amount or within it, one of the two is 0."""

    rate: int = 0
    added: int = 0
    within: int = 0


class Taxes(Struct, frozen=True):
    """The tax of an order: of each of its lines, of sending it, and all together."""

    lines: tuple[Taxed, ...] = ()
    shipping: Taxed = Taxed()
    country: str | None = None
    included: bool = True

    @property
    def added(self) -> int:
        """What comes on top of the prices."""
        return sum(line.added for line in self.lines) + self.shipping.added

    @property
    def within(self) -> int:
        """What the prices contain."""
        return sum(line.within for line in self.lines) + self.shipping.within

    def by_rate(self) -> tuple[tuple[int, int], ...]:
        """The tax of each rate, highest rate first; a rate whose tax is nothing is left out."""
        sums: dict[int, int] = {}
        for one in (*self.lines, self.shipping):
            sums[one.rate] = sums.get(one.rate, 0) + one.added + one.within
        return tuple((rate, sums[rate]) for rate in sorted(sums, reverse=True) if sums[rate])


def tax_of(amount: int, rate: int, *, included: bool) -> int:
    """The tax of an amount (minor units, not negative) at a rate, rounded half up: within it, or to be added to it."""
    whole = HUNDRED_PERCENT + rate if included else HUNDRED_PERCENT
    return (2 * amount * rate + whole) // (2 * whole)


def taxed(amount: int, rate: int, *, included: bool) -> Taxed:
    """The tax of one line."""
    tax = tax_of(amount, rate, included=included)
    return Taxed(rate, 0 if included else tax, tax if included else 0)


def reckon(lines: Sequence[Sold], shipping: int, rates: Rates, *, country: str, currency: str) -> Taxes:
    """The tax of an order that goes to this country ("": nowhere, which is taxed where the shop is)."""
    if not rates.on:
        return Taxes()
    place = rates.place_of(country)
    included = rates.contains(currency)
    return Taxes(
        lines=tuple(taxed(line.amount, rates.rate(place, line.tax_class), included=included) for line in lines),
        shipping=taxed(shipping, rates.rate(place, rates.shipping_class), included=included),
        country=place,
        included=included,
    )


def share(tax: int, part: int, whole: int) -> int:
    """What of a tax falls on the first `part` of a `whole`: shares up to rising parts differ by what each part carries.

    So whatever a whole is cut into, the taxes of the pieces add up to its tax.
    """
    return (2 * tax * part + whole) // (2 * whole) if whole else 0
