"""Why an order cannot make a move: the refusal names where it stands, what it waits for, and so what can be done."""

from db.models import Order, OrderStatus, ProductKind
from shop.orders.news import BY_HAND
from shop.refusals import WrongStatus


def waits_for(order: Order) -> str | None:
    """What an order that is pending waits for: "address", "seller" (to accept it) or "money"; None for others."""
    if order.status is not OrderStatus.PENDING:
        return None
    if order.payment_method not in BY_HAND:
        return "money"
    return "address" if order.kind is ProductKind.PHYSICAL and order.address is None else "seller"


def wrong_status(order: Order, wanted: OrderStatus, *, by_customer: bool = False) -> WrongStatus:
    """The refusal to move this order to `wanted`; nothing of it is loaded but its own columns."""
    return WrongStatus(
        order_id=order.id,
        status=order.status.value,
        wanted=wanted.value,
        waits_for=waits_for(order),
        digital=order.kind is ProductKind.DIGITAL,
        by_customer=by_customer,
    )
