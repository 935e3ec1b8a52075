"""The cart: what it holds, at today's prices and stock, and changing it by saying what it shall hold."""

from datetime import datetime
from typing import cast

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Cart, CartItem, Product, User
from db.writes import changed, insert_once
from shop.cart_view import CartLine, CartView, SellerCart, in_groups, read_lines
from shop.refusals import NotForSale, NotFound, OutOfStock, TooMany
from shop.stock_news import FREE

__all__ = [
    "CartLine",
    "CartView",
    "SellerCart",
    "acknowledge_prices",
    "clear",
    "look",
    "set_quantity",
]


async def look(session: AsyncSession, user: User) -> CartView:
    """What the cart holds now, prices and stock read anew, one group for each future order. One statement."""
    return in_groups(await read_lines(session, user.id))


async def set_quantity(
    session: AsyncSession, user: User, product_id: int, quantity: int, *, limit: int = 99, now: datetime
) -> CartView:
    """Let the cart hold so many of a product, whatever it held before; 0 takes it out.

    Raises TooMany (more than `limit`), OutOfStock (data: left), NotForSale, NotFound.
    """
    if quantity <= 0:
        if await _touch(session, user.id, now):
            mine = select(Cart.id).where(Cart.user_id == user.id).scalar_subquery()
            gone = delete(CartItem).where(CartItem.cart_id == mine, CartItem.product_id == product_id)
            await changed(session, gone)
        return await look(session, user)
    if quantity > limit:
        raise TooMany(limit=limit)
    product, cart_id = await _offered(session, user.id, product_id, quantity)
    cart_id = await _open(session, user.id, cart_id, now)
    values = {"quantity": quantity, "seen_price": product.price, "seen_currency": product.currency}
    line = update(CartItem).where(CartItem.cart_id == cart_id, CartItem.product_id == product_id)
    if await changed(session, line.values(values)) == 0:
        await insert_once(session, CartItem, cart_id=cart_id, product_id=product_id, **values)
    return await look(session, user)


async def acknowledge_prices(session: AsyncSession, user: User) -> None:
    """Note that the person has seen today's prices of everything in their cart."""
    query = (
        select(CartItem.id, Product.price, Product.currency)
        .join(Cart, Cart.id == CartItem.cart_id)
        .join(Product, Product.id == CartItem.product_id)
        .where(
            Cart.user_id == user.id,
            (CartItem.seen_price != Product.price) | (CartItem.seen_currency != Product.currency),
        )
        .order_by(CartItem.id)
    )
    for item_id, price, currency in (await session.execute(query)).all():
        values = {"seen_price": price, "seen_currency": currency}
        await changed(session, update(CartItem).where(CartItem.id == item_id).values(values))


async def clear(session: AsyncSession, user: User, owner_id: int | None = None, *, now: datetime) -> CartView:
    """Empty the cart, or only take out what one seller sells."""
    if await _touch(session, user.id, now):
        mine = select(Cart.id).where(Cart.user_id == user.id).scalar_subquery()
        gone = delete(CartItem).where(CartItem.cart_id == mine)
        if owner_id is not None:
            gone = gone.where(CartItem.product_id.in_(select(Product.id).where(Product.owner_id == owner_id)))
        await changed(session, gone)
    return await look(session, user)


async def _touch(session: AsyncSession, user_id: int, now: datetime) -> bool:
    """Lock the cart by growing its version; False when there is no cart yet."""
    grow = update(Cart).where(Cart.user_id == user_id).values(version=Cart.version + 1, updated_at=now)
    return await changed(session, grow) == 1


async def _open(session: AsyncSession, user_id: int, cart_id: int | None, now: datetime) -> int:
    """Lock the person's cart, which is made when there is none; its id."""
    if cart_id is None:
        await insert_once(session, Cart, user_id=user_id, version=0, updated_at=now)
        cart_id = (await session.scalars(select(Cart.id).where(Cart.user_id == user_id))).one()
    await _touch(session, user_id, now)
    return cart_id


async def _offered(session: AsyncSession, user_id: int, product_id: int, quantity: int) -> tuple[Product, int | None]:
    """The product, if so many can be had, and the id of the person's cart, if they have one."""
    parent = aliased(Product)
    mine = select(Cart.id).where(Cart.user_id == user_id).scalar_subquery()
    query = (
        select(Product, FREE, parent.archived_at, mine)
        .outerjoin(Product.inventory)
        .outerjoin(parent, parent.id == Product.parent_id)
        .where(Product.id == product_id)
    )
    found = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound(product_id=product_id)
    product, free, parent_archived_at, cart_id = found
    left = cast("int | None", free)  # an outer join: no inventory, no number
    if left is None or product.archived_at is not None or parent_archived_at is not None:
        raise NotForSale(product=product.name)
    if left < quantity:
        raise OutOfStock(product=product.name, left=max(left, 0), product_id=product_id)
    return product, cart_id
