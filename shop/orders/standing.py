"""How an order stands: what may be done with it, and what a question about it has shown."""

from db.models import Order, OrderStatus, ProductKind


def is_paid(order: Order) -> bool:
    """Whether money came for the order (its `payment` is loaded)."""
    return order.payment is not None and order.payment.payment_date is not None


def money_left(order: Order) -> int:
    """What came and did not go back (`payment` is loaded), in minor units."""
    return order.payment.amount - order.payment.refunded_amount if order.payment is not None else 0


def can_be_cancelled(order: Order) -> bool:
    """Whether its seller may still call it off: paid goods that are under way come back by a refund only."""
    if order.status is OrderStatus.SHIPPED:
        return not is_paid(order)  # refused at the door
    return order.status in {OrderStatus.PENDING, OrderStatus.PROCESSING}


def is_unsent(order: Order) -> bool:
    """Whether the goods were to be sent, and nobody said that they were."""
    return order.kind is ProductKind.PHYSICAL and order.status is OrderStatus.PROCESSING


def as_seen(order: Order) -> str:
    """What a question about an order shows of it: where it stands, and its money (`payment` is loaded)."""
    payment = order.payment
    money = (payment.amount, payment.refunded_amount, payment.payment_status) if payment is not None else ()
    return ":".join(str(part) for part in (order.status, order.payment_method, order.total_price, *money))
