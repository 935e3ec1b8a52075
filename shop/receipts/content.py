"""What a receipt says, as values that are kept with it: nothing of it is read anew from orders, settings or people."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, convert, to_builtins

from db.models import Order, Receipt
from shop.taxes import share


class Line(Struct, frozen=True):
    """What was sold, in minor units: `price` of one, `discount` on all, `amount` of all after it; tax of all at `rate`.

    `on_top`: the tax is not in the amount.
    """

    name: str
    quantity: int
    price: int
    discount: int
    amount: int
    rate: int = 0
    tax: int = 0
    on_top: bool = False

    @property
    def gross(self) -> int:
        """What the customer paid for it."""
        return self.amount + (self.tax if self.on_top else 0)


class Rated(Struct, frozen=True):
    """What was paid at one rate of tax (thousandths of a percent), and the tax that is in it; minor units."""

    rate: int
    gross: int
    tax: int


class Printed(Struct, frozen=True):
    """All that stands on a receipt; a sale has lines, what is about a refund names the receipt that it is `of`.

    `goods`: what was given back, where the seller said so; `day` is the day of issue where the shop is, in ISO form.
    """

    seller: str
    vat_id: str
    buyer: dict[str, Any]
    day: str
    rates: tuple[Rated, ...]
    lines: tuple[Line, ...] = ()
    shipping: Line | None = None
    discount: int = 0
    discount_name: str | None = None
    subtotal: int = 0
    tip: int = 0
    method: str | None = None
    credit: int = 0  # how much of it store credit paid
    of: str | None = None
    of_id: int | None = None
    goods: str | None = None


def content_of(receipt: Receipt) -> Printed:
    """What it says."""
    return convert(receipt.content, Printed)


def kept(content: Printed) -> dict[str, Any]:
    """As JSON."""
    written: dict[str, Any] = to_builtins(content)
    return written


def lines_of(order: Order, titles: Mapping[str, str]) -> tuple[tuple[Line, ...], Line | None]:
    """The lines of an order as it was sold, and what sending it cost (its items are loaded).

    `titles`: what ways to ship are called in the customer's language.
    """
    on_top = order.tax > 0
    lines = tuple(
        Line(
            name=item.name,
            quantity=item.quantity,
            price=item.price,
            discount=item.discount,
            amount=item.price * item.quantity - item.discount,
            rate=item.tax_rate,
            tax=item.tax + item.tax_within,
            on_top=on_top,
        )
        for item in order.items
    )
    if order.shipping_option is None and not order.shipping:
        return lines, None
    title, price = order.shipping_title or "", order.shipping
    title = titles.get(title, title)
    rate, tax = order.shipping_tax_rate, order.shipping_tax
    return lines, Line(title, 1, price, 0, price, rate, tax, on_top)


def by_rate(lines: tuple[Line, ...], shipping: Line | None) -> tuple[Rated, ...]:
    """What was paid at each rate, highest first."""
    sums: dict[int, tuple[int, int]] = {}
    for line in (*lines, *([shipping] if shipping is not None else ())):
        gross, tax = sums.get(line.rate, (0, 0))
        sums[line.rate] = (gross + line.gross, tax + line.tax)
    return tuple(Rated(rate, *sums[rate]) for rate in sorted(sums, reverse=True) if sums[rate][0])


def part(sold: tuple[Rated, ...], before: dict[int, int], now: dict[int, int]) -> tuple[Rated, ...]:
    """What goes back at each rate with its tax, where `before` went back earlier (gross, by rate).

    However often something goes back, when all has gone the tax that went is the tax that was paid.
    """
    rated = []
    for one in sold:
        gone, goes = before.get(one.rate, 0), now.get(one.rate, 0)
        if goes:
            tax = share(one.tax, gone + goes, one.gross) - share(one.tax, gone, one.gross)
            rated.append(Rated(one.rate, goes, tax))
    return tuple(rated)
