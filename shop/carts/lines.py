"""The cart: what it holds, at today's prices and stock, and changing it by saying what it shall hold."""

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Cart, CartItem, Product, User
from db.types import UTCDateTime
from db.writes import changed, insert_once
from shop.carts.view import CartLine, CartView, SellerCart, in_groups, read_lines
from shop.catalog.offered import is_offered
from shop.people.bans import is_banned, must_be_served
from shop.pricing import cost
from shop.refusals import NotForSale, NotFound, OutOfStock, TooMany
from shop.stock.news import FREE
from shop.subscriptions.refusals import SoldMonthly

__all__ = [
    "CartLine",
    "CartView",
    "SellerCart",
    "acknowledge_prices",
    "clear",
    "fit",
    "look",
    "saw_price",
    "set_quantity",
]

# built once: building one costs more than running it
_PARENT = aliased(Product)
_MINE = select(Cart.id).where(Cart.user_id == bindparam("person")).scalar_subquery()
_AWAY = case((is_banned(Product.owner_id), Product.owner_id), else_=0)
_COST = cost(bindparam("now", type_=UTCDateTime))
_OFFERED = (
    select(Product.name, _COST, Product.currency, FREE, is_offered(Product, _PARENT), _MINE, _AWAY, Product.monthly)
    .outerjoin(Product.inventory)
    .outerjoin(_PARENT, _PARENT.id == Product.parent_id)
    .where(Product.id == bindparam("product"))
)
_GROW = (
    update(Cart)
    .where(Cart.user_id == bindparam("person"))
    .values(version=Cart.version + 1, updated_at=bindparam("now"))
)
_SET_LINE = (
    update(CartItem)
    .where(CartItem.cart_id == bindparam("cart"), CartItem.product_id == bindparam("product"))
    .values(
        quantity=bindparam("quantity"), seen_price=bindparam("seen_price"), seen_currency=bindparam("seen_currency")
    )
)
_MY_CART = select(Cart.id).where(Cart.user_id == bindparam("person"))
_SAW = (
    update(CartItem)
    .where(CartItem.cart_id == bindparam("cart"), CartItem.product_id == bindparam("product"))
    .values(seen_price=bindparam("seen_price"), seen_currency=bindparam("seen_currency"))
)
_TAKE_OUT = delete(CartItem).where(CartItem.cart_id == _MINE, CartItem.product_id == bindparam("product"))


async def look(session: AsyncSession, user: User, *, now: datetime) -> CartView:
    """What the cart holds now, prices and stock read anew, one group for each future order. One statement."""
    return in_groups(await read_lines(session, user.id, now))


async def set_quantity(
    session: AsyncSession, user: User, product_id: int, quantity: int, *, limit: int = 99, now: datetime
) -> CartView:
    """Let the cart hold so many of a product, whatever it held before; 0 takes it out.

    Raises TooMany (more than `limit`), OutOfStock (data: left), NotForSale, SoldMonthly, NotServed, NotFound.
    """
    if quantity <= 0:
        if await _touch(session, user.id, now):
            await changed(session, _TAKE_OUT, {"person": user.id, "product": product_id})
        return await look(session, user, now=now)
    if quantity > limit:
        raise TooMany(limit=limit)
    price, currency, cart_id = await _offered(session, user.id, product_id, quantity, now)
    cart_id = await _open(session, user.id, cart_id, now)
    values = {"quantity": quantity, "seen_price": price, "seen_currency": currency}
    if await changed(session, _SET_LINE, {"cart": cart_id, "product": product_id, **values}) == 0:
        await insert_once(session, CartItem, cart_id=cart_id, product_id=product_id, **values)
    return await look(session, user, now=now)


async def acknowledge_prices(session: AsyncSession, user: User, *, now: datetime) -> None:
    """Note that the person has seen today's prices of everything in their cart."""
    price = cost(now)
    query = (
        select(CartItem.id, price, Product.currency)
        .join(Cart, Cart.id == CartItem.cart_id)
        .join(Product, Product.id == CartItem.product_id)
        .where(
            Cart.user_id == user.id,
            (CartItem.seen_price != price) | (CartItem.seen_currency != Product.currency),
        )
        .order_by(CartItem.id)
    )
    for item_id, today, currency in (await session.execute(query)).all():
        values = {"seen_price": today, "seen_currency": currency}
        await changed(session, update(CartItem).where(CartItem.id == item_id).values(values))


async def saw_price(session: AsyncSession, user: User, product_id: int, price: int, currency: str) -> None:
    """Note which price of a product in their cart the person saw last (minor units): another one today is said."""
    values = {"cart": await session.scalar(_MY_CART, {"person": user.id}), "product": product_id}
    await changed(session, _SAW, {**values, "seen_price": price, "seen_currency": currency})


async def fit(session: AsyncSession, user: User, *, now: datetime) -> CartView:
    """Let the cart hold no more than can be had now: fewer units of what runs out, nothing of what is gone."""
    if not await _touch(session, user.id, now):
        return await look(session, user, now=now)
    view = await look(session, user, now=now)
    for line in (line for seller in view.sellers for line in seller.lines if not line.enough):
        mine = CartItem.id == line.item_id
        if line.sellable and line.available > 0:
            await changed(session, update(CartItem).where(mine).values(quantity=line.available))
        else:
            await changed(session, delete(CartItem).where(mine))
    return await look(session, user, now=now)


async def clear(session: AsyncSession, user: User, owner_id: int | None = None, *, now: datetime) -> CartView:
    """Empty the cart, or only take out what one seller sells."""
    if await _touch(session, user.id, now):
        mine = select(Cart.id).where(Cart.user_id == user.id).scalar_subquery()
        gone = delete(CartItem).where(CartItem.cart_id == mine)
        if owner_id is not None:
            gone = gone.where(CartItem.product_id.in_(select(Product.id).where(Product.owner_id == owner_id)))
        await changed(session, gone)
    return await look(session, user, now=now)


async def _touch(session: AsyncSession, user_id: int, now: datetime) -> bool:
    """Lock the cart by growing its version; False when there is no cart yet."""
    return await changed(session, _GROW, {"person": user_id, "now": now}) == 1


async def _open(session: AsyncSession, user_id: int, cart_id: int | None, now: datetime) -> int:
    """Lock the person's cart, which is made when there is none; its id."""
    if cart_id is None:
        await insert_once(session, Cart, user_id=user_id, version=0, updated_at=now)
        cart_id = (await session.scalars(select(Cart.id).where(Cart.user_id == user_id))).one()
    await _touch(session, user_id, now)
    return cart_id


async def _offered(
    session: AsyncSession, user_id: int, product_id: int, quantity: int, now: datetime
) -> tuple[int, str, int | None]:
    """Price and currency of the product, if so many can be had, and the id of the person's cart, if they have one."""
    asked = {"person": user_id, "product": product_id, "now": now}
    found = (await session.execute(_OFFERED, asked)).one_or_none()
    if found is None:
        raise NotFound(product_id=product_id)
    name, price, currency, free, offered, cart_id, away_from, monthly = found
    if away_from:
        await must_be_served(session, user_id, away_from)
    left = cast("int | None", free)  # an outer join: no inventory, no number
    if left is None or not offered:
        raise NotForSale(product=name)
    if monthly:
        raise SoldMonthly(product=name)
    if left < quantity:
        raise OutOfStock(product=name, left=max(left, 0), product_id=product_id)
    return price, currency, cart_id
