"""How much is in the cart, for screens that show no more of it; one statement each, built once."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, CartItem, User

_LINES = select(CartItem.quantity).join(Cart, Cart.id == CartItem.cart_id).where(Cart.user_id == bindparam("user_id"))
_UNITS = _LINES.with_only_columns(func.sum(CartItem.quantity), maintain_column_froms=True)
_ONE = _LINES.where(CartItem.product_id == bindparam("product_id"))


async def count_units(session: AsyncSession, user: User) -> int:
    """Units of everything in the person's cart."""
    return int(await session.scalar(_UNITS, {"user_id": user.id}) or 0)


async def quantity_of(session: AsyncSession, user: User, product_id: int) -> int:
    """Units of one product in the person's cart."""
    return await session.scalar(_ONE, {"user_id": user.id, "product_id": product_id}) or 0
