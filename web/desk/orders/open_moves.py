"""Which moves an order allows to whom, and the words on their keys."""

from collections.abc import Callable

from msgspec import Struct

from db.models import Order, OrderStatus, PaymentStatus, ProductKind
from shop.desk.sessions import Present
from shop.orders.news import BY_HAND
from shop.orders.standing import can_be_cancelled, is_paid, money_left
from shop.people.permissions import Permission
from web.desk.words import mark


class Move(Struct, frozen=True):
    """A move: its name in addresses, its label, how its key looks, who may, and when."""

    name: str
    label: str
    look: str
    needs: Permission
    when: Callable[[Order], bool]


def _waits_for_hands(order: Order) -> bool:
    return order.payment_method in BY_HAND and not is_paid(order) and order.status is not OrderStatus.CANCELLED


def _can_be_accepted(order: Order) -> bool:
    placed = order.address is not None or order.kind is ProductKind.DIGITAL
    return order.status is OrderStatus.PENDING and _waits_for_hands(order) and placed


def can_be_sent(order: Order) -> bool:
    """Whether a parcel of it may go."""
    return order.status is OrderStatus.PROCESSING and order.kind is ProductKind.PHYSICAL


def _can_be_completed(order: Order) -> bool:
    return order.status in {OrderStatus.PROCESSING, OrderStatus.SHIPPED}


def _can_be_refunded(order: Order) -> bool:
    disputed = order.payment is not None and order.payment.payment_status is PaymentStatus.DISPUTED
    return money_left(order) > 0 and not disputed


MOVES = (
    Move("accept", mark("✅ Accept"), "btn-primary", Permission.ORDERS, _can_be_accepted),
    Move("ship", mark("🚚 Ship"), "btn-primary", Permission.ORDERS, can_be_sent),
    Move("complete", mark("🎉 Complete"), "", Permission.ORDERS, _can_be_completed),
    Move("money", mark("💶 The money came"), "", Permission.MONEY, _waits_for_hands),
    Move("refund", mark("💸 Give money back"), "", Permission.MONEY, _can_be_refunded),
    Move("cancel", mark("✕ Cancel"), "btn-outline-danger", Permission.ORDERS, can_be_cancelled),
)
BY_NAME = {move.name: move for move in MOVES}


def open_moves(order: Order, who: Present) -> list[Move]:
    """What this person can do with the order now; what is cancelled gives its money back, so that takes both."""
    return [move for move in MOVES if move.when(order) and may(move, order, who)]


def may(move: Move, order: Order, who: Present) -> bool:
    """Whether they are permitted to: the use case asks again."""
    if move.name == "cancel" and money_left(order):
        return who.may(Permission.MONEY)
    return who.may(move.needs)
