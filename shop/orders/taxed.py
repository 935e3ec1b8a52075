"""The tax of an order rate by rate, as it was sold."""

from db.models import Order


def by_rate(order: Order) -> tuple[tuple[int, int], ...]:
    """(rate, tax) of its lines and of sending it, highest first, what is nothing left out (its items are loaded).

    Rates in thousandths of a percent, taxes in minor units: they add up to `order.tax + order.tax_within`.
    """
    sums = {order.shipping_tax_rate: order.shipping_tax}
    for item in order.items:
        sums[item.tax_rate] = sums.get(item.tax_rate, 0) + item.tax + item.tax_within
    return tuple((rate, sums[rate]) for rate in sorted(sums, reverse=True) if sums[rate])
