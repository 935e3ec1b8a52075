"""What is said of tax wherever sums are shown: on top of them rate by rate, or within them."""

from collections.abc import Iterable

from bot.words import Words
from db.models import Order, ProductKind
from shop.checkout import CheckoutSummary
from shop.orders.taxed import by_rate

Rates = Iterable[tuple[int, int]]  # rate, and tax in minor units


def on_top(words: Words, rates: Rates, currency: str) -> list[str]:
    """Lines before a total that they are part of."""
    return [
        words("Tax {rate}: {amount}", rate=words.percent(rate), amount=words.money(tax, currency))
        for rate, tax in rates
    ]


def within(words: Words, rates: Rates, currency: str) -> list[str]:
    """Lines behind a total that contains them."""
    return [
        words("Tax {rate} in it: {amount}", rate=words.percent(rate), amount=words.money(tax, currency))
        for rate, tax in rates
    ]


def of_order(words: Words, order: Order) -> tuple[list[str], list[str]]:
    """Before the total of an order, and behind it (its items are loaded)."""
    if order.tax:
        return on_top(words, by_rate(order), order.currency), []
    return [], within(words, by_rate(order), order.currency) if order.tax_within else []


def of_summary(words: Words, order: CheckoutSummary) -> tuple[list[str], list[str]]:
    """The same of what is about to be ordered, where it is known where that goes."""
    rates = order.taxes.by_rate()
    if order.taxes.added:
        return on_top(words, rates, order.currency), []
    return [], within(words, rates, order.currency)


def before_the_address(words: Words, order: CheckoutSummary) -> str:
    """What can be said of tax while nobody knows where goods go; empty in a shop without tax."""
    if order.kind is ProductKind.DIGITAL or order.taxes.country is None:
        return ""
    if not order.taxes.included:
        return words("Tax is added, by the country that it goes to.")
    return words("Prices contain the tax.") if order.taxes.within else ""
