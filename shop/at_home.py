"""What the first screen must know of a person, in one prepared statement: units in the cart, and the open form."""

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from db.models import Cart, CartItem, Dialog, User
from db.prepared import PreparedRead
from db.session import Database
from shop.dialogs import OpenForm

_UNITS = (
    select(func.sum(CartItem.quantity))
    .join(Cart, Cart.id == CartItem.cart_id)
    .where(Cart.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_LOOK = PreparedRead(
    select(_UNITS, Dialog.kind, Dialog.step)
    .select_from(User)
    .outerjoin(Dialog, Dialog.user_id == User.id)
    .where(User.id == bindparam("person"))
)


class AtHome(Struct, frozen=True):
    """Units of everything in the cart, and the form that the person left open."""

    units: int
    form: OpenForm | None


async def look(db: Database, user: User) -> AtHome:
    """How it stands with a person."""
    ((units, kind, step),) = await db.look(_LOOK, {"person": user.id})
    return AtHome(int(units or 0), None if kind is None else OpenForm(kind, step))
