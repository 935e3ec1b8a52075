"""What may come back, and until when (rules)."""

from collections.abc import Mapping
from datetime import datetime

from db.models import Order, OrderItem, OrderStatus, ProductKind, ReturnStatus
from shop.policy import Policy
from shop.returns.refusals import CannotReturn

ASKED, AGREED, RECEIVED, REFUNDED, CLOSED, DECLINED, WITHDRAWN = ReturnStatus
OPEN = (ASKED, AGREED, RECEIVED)
WAITING = (ASKED, RECEIVED)  # for the seller; meanwhile AGREED waits for the goods
REFUSED = (DECLINED, WITHDRAWN)  # their pieces may be sent back after all
ARRIVED = (OrderStatus.SHIPPED, OrderStatus.COMPLETED)  # many are never said to have arrived
MOST = 10  # returns of one order, those that were refused too
WORDS = 1000  # characters that either side writes
PHOTOS = 4


def until(order: Order, policy: Policy) -> datetime | None:
    """When the time for a return is over; None while nobody said that the order arrived."""
    return None if order.completed_at is None else order.completed_at + policy.returns


def left(item: OrderItem) -> int:
    """Pieces of a line that are in no return yet."""
    return item.quantity - item.returned


def check_customer(order: Order, policy: Policy, now: datetime) -> None:
    """Raise CannotReturn unless the customer of an order may ask to send goods back. Its items are not needed."""
    if not policy.returns:
        raise CannotReturn(order_id=order.id, why="off")
    if order.kind is ProductKind.DIGITAL:
        raise CannotReturn(order_id=order.id, why="digital")
    check_arrived(order)
    ends = until(order, policy)
    if ends is not None and now >= ends:
        raise CannotReturn(order_id=order.id, why="late", until=ends)


def check_arrived(order: Order) -> None:
    """Raise CannotReturn for what its customer cannot have."""
    if order.status not in ARRIVED:
        raise CannotReturn(order_id=order.id, why="not_arrived")


def may_ask(order: Order, policy: Policy, now: datetime) -> bool:
    """Whether the customer may send something of it back (its items are loaded)."""
    try:
        check_customer(order, policy, now)
    except CannotReturn:
        return False
    return order.owner_id != order.user_id and any(left(item) for item in order.items)


def checked(order: Order, wanted: Mapping[int, int]) -> dict[int, int]:
    """Pieces by line, those of none left out. Raises CannotReturn (nothing is wanted, or more than there is)."""
    lines = {item.id: item for item in order.items}
    asked = {item_id: units for item_id, units in wanted.items() if units}
    if not asked:
        raise CannotReturn(order_id=order.id, why="nothing")
    for item_id, units in asked.items():
        if item_id not in lines or not 0 < units <= lines[item_id].quantity:
            raise CannotReturn(order_id=order.id, why="left")
    return dict(sorted(asked.items()))
