"""What the first screen must know of a person, in one prepared statement: the units in the cart, and what waits."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, bindparam, func, select

from db.models import Cart, CartItem, KeptForm, Order, OrderStatus, User
from db.prepared import PreparedRead
from db.session import Database

_UNITS = (
    select(func.sum(CartItem.quantity))
    .join(Cart, Cart.id == CartItem.cart_id)
    .where(Cart.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_LOOK = PreparedRead(
    select(_UNITS, KeptForm.kind, KeptForm.step, KeptForm.data, KeptForm.order_id, Order.status)
    .select_from(User)
    .outerjoin(KeptForm, KeptForm.user_id == User.id)
    .outerjoin(Order, and_(Order.id == KeptForm.order_id, Order.user_id == User.id))
    .where(User.id == bindparam("person"))
)


class Waiting(Struct, frozen=True):
    """A form that the person began and left."""

    kind: str
    step: str
    data: Mapping[str, Any]


class AtHome(Struct, frozen=True):
    """Units of everything in the cart, and the forms that wait."""

    units: int
    waiting: tuple[Waiting, ...]


async def look(db: Database, user: User) -> AtHome:
    """How it stands with a person; a form about an order waits as long as the order does."""
    rows = await db.look(_LOOK, {"person": user.id})
    waiting = tuple(
        Waiting(kind, step, data)
        for _, kind, step, data, order_id, status in rows
        if kind is not None and (order_id is None or status == OrderStatus.PENDING)
    )
    return AtHome(int(rows[0][0] or 0), waiting)
