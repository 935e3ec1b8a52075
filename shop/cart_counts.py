"""How much is in the cart, for screens that show no more of it; one prepared statement each."""

from sqlalchemy import bindparam, func, select

from db.models import Cart, CartItem, User
from db.prepared import PreparedRead
from db.session import Database

_LINES = select(CartItem.quantity).join(Cart, Cart.id == CartItem.cart_id).where(Cart.user_id == bindparam("user_id"))
_UNITS = PreparedRead(_LINES.with_only_columns(func.sum(CartItem.quantity), maintain_column_froms=True))
_ONE = PreparedRead(_LINES.where(CartItem.product_id == bindparam("product_id")))


async def count_units(db: Database, user: User) -> int:
    """Units of everything in the person's cart."""
    rows = await db.look(_UNITS, {"user_id": user.id})
    return int(rows[0][0] or 0)


async def quantity_of(db: Database, user: User, product_id: int) -> int:
    """Units of one product in the person's cart."""
    rows = await db.look(_ONE, {"user_id": user.id, "product_id": product_id})
    return int(rows[0][0]) if rows else 0
