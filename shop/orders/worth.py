"""What units of a sold line cost: whoever gives them back one by one gives back what the line cost, with its tax."""

from db.models import OrderItem


def worth(item: OrderItem, units: int, *, before: int = 0) -> int:
    """What so many units cost, in minor units, when `before` of the line were given back already.

    Shares are cut down to whole minor units, and the last unit has what that left: all of them add up exactly.
    """
    return _up_to(item, before + units) - _up_to(item, before)


def _up_to(item: OrderItem, units: int) -> int:
    return (item.price * item.quantity - item.discount + item.tax) * min(max(units, 0), item.quantity) // item.quantity
