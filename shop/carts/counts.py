"""How many units of a product are in the cart, for its page; one prepared statement."""

from sqlalchemy import bindparam, select

from db.models import Cart, CartItem, User
from db.prepared import PreparedRead
from db.session import Database

_ONE = PreparedRead(
    select(CartItem.quantity)
    .join(Cart, Cart.id == CartItem.cart_id)
    .where(Cart.user_id == bindparam("user_id"), CartItem.product_id == bindparam("product_id"))
)


async def quantity_of(db: Database, user: User, product_id: int) -> int:
    """Units of one product in the person's cart."""
    rows = await db.look(_ONE, {"user_id": user.id, "product_id": product_id})
    return int(rows[0][0]) if rows else 0
