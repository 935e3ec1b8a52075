"""When an order is expected to arrive: from the day it was sent, as many days as its way was said to take (a rule)."""

import re
from datetime import date, timedelta, tzinfo

from db.models import Order, OrderStatus

LONGEST = 120  # days; what is longer was not meant as days
_NUMBER = re.compile(r"\d{1,4}")


def days_of(said: str | None) -> tuple[int, int] | None:
    """The fewest and the most days of "2–4", "3", "1 to 2"; None where no days are said."""
    numbers = [int(one) for one in _NUMBER.findall(said or "")]
    if not 1 <= len(numbers) <= 2 or max(numbers) > LONGEST:  # noqa: PLR2004  from, and to
        return None
    return min(numbers), max(numbers)


def expected(order: Order, zone: tzinfo) -> tuple[date, date] | None:
    """The first and the last day on which it should come, where the shop is; None while it was not sent."""
    days = days_of(order.shipping_days)
    if days is None or order.status is not OrderStatus.SHIPPED:
        return None
    sent = next((one.created_at for one in order.events if one.to_status == OrderStatus.SHIPPED), None)
    if sent is None:
        return None
    day = sent.astimezone(zone).date()
    return day + timedelta(days=days[0]), day + timedelta(days=days[1])


def is_collected(order: Order) -> bool:
    """Whether its customer comes for it: whoever collects gave no country."""
    return order.address is not None and not order.address.get("country_code")
