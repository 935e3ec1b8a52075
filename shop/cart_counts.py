"""How much is in the cart, for screens that show no more of it; one statement each."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, CartItem, User


async def count_units(session: AsyncSession, user: User) -> int:
    """Units of everything in the person's cart."""
    query = select(func.sum(CartItem.quantity)).join(Cart, Cart.id == CartItem.cart_id).where(Cart.user_id == user.id)
    return int(await session.scalar(query) or 0)


async def quantity_of(session: AsyncSession, user: User, product_id: int) -> int:
    """Units of one product in the person's cart."""
    query = (
        select(CartItem.quantity)
        .join(Cart, Cart.id == CartItem.cart_id)
        .where(Cart.user_id == user.id, CartItem.product_id == product_id)
    )
    return await session.scalar(query) or 0
