"""A price of sending that is agreed after the order: wanted, asked of the seller, offered to the customer, agreed to.

`Order.quote` says where it stands. The way of sending makes it WANTED, the customer's yes to the order ASKED, the
seller's price OFFERED, and the customer's yes to that AGREED: only then anything can be paid. Each step is one
conditional UPDATE, and so is the end of the hold: of two that meet, one happens.
"""

from db.models import Order
from shop.refusals import Conflict

WANTED, ASKED, OFFERED, AGREED = "wanted", "asked", "offered", "agreed"
PRICE_ASKED, PRICE_AGREED, PRICE_DECLINED = "price_asked", "price_agreed", "price_declined"  # causes of events
OPEN = frozenset({WANTED, ASKED, OFFERED})
SELLER_KNOWS = frozenset({ASKED, OFFERED, AGREED})
UNKNOWN = frozenset({WANTED, ASKED})  # nobody has named a price yet


class PriceAwaited(Conflict):
    """What sending it costs is not agreed yet. Data: order_id, offered (the customer is to answer)."""

    code = "price_awaited"


def must_be_agreed(order: Order) -> None:
    """Whether everything that the order costs is agreed. Raises PriceAwaited."""
    if order.quote in OPEN:
        raise PriceAwaited(order_id=order.id, offered=order.quote == OFFERED)
