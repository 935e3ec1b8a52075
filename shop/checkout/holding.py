"""What one person may hold: unpaid orders keep stock from everybody else, so their number and size have an end.

Asked in the transaction that places an order, after the person's cart was locked: their checkouts wait for each other
there, so what is counted is all there is.
"""

from sqlalchemy import BigInteger, Connection, bindparam, distinct, func, select

from db.models import Ban, Departure, Order, OrderItem, OrderStatus
from db.prepared import PreparedRead
from shop.carts.view import SellerCart
from shop.people.bans import EVERY_SELLER
from shop.policy import Policy
from shop.refusals import NotFound, NotServed, TooManyUnpaid

_SELLERS = (EVERY_SELLER, bindparam("seller", type_=BigInteger))
_BANNED = (
    select(func.min(Ban.seller_id))
    .where(Ban.user_id == bindparam("person"), Ban.seller_id.in_(_SELLERS))
    .scalar_subquery()
)
_LEFT = select(func.max(Departure.user_id)).where(Departure.user_id == bindparam("person")).scalar_subquery()
_HELD = PreparedRead(
    select(
        func.count(distinct(Order.id)),
        func.sum(OrderItem.quantity),
        func.count(OrderItem.id),
        _BANNED,
        _LEFT,
    )
    .outerjoin(OrderItem, OrderItem.order_id == Order.id)
    .where(Order.user_id == bindparam("person"), Order.status == OrderStatus.PENDING)
)


def check_room(connection: Connection, user_id: int, group: SellerCart, policy: Policy) -> None:
    """Whether this person may order these lines besides what they hold. Raises TooManyUnpaid, NotServed, NotFound."""
    ((orders, units, lines, banned_by, left),) = _HELD.rows(connection, {"person": user_id, "seller": group.owner_id})
    if left is not None:
        raise NotFound(user_id=user_id)  # they deleted their account meanwhile
    if banned_by is not None:
        raise NotServed(seller="" if banned_by == EVERY_SELLER else group.owner_name)
    wanted = sum(line.quantity for line in group.lines)
    for limit, most, then in (
        ("orders", policy.max_unpaid_orders, orders + 1),
        ("units", max(policy.max_held_units, policy.max_quantity), int(units or 0) + wanted),
        ("lines", policy.max_held_lines, lines + len(group.lines)),
    ):
        if then > most:
            raise TooManyUnpaid(limit=limit, most=most, alone=not orders)
