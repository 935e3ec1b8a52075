"""Goods and open orders in another currency than the shop's: shipping and tips would be charged in the wrong one."""

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, Product
from db.money import STARS


class ForeignGoods(Exception):  # noqa: N818  it reads as a claim
    """The shop must not be opened with this currency."""

    def __init__(self, currency: str, found: "Found") -> None:
        super().__init__(
            f"{found.products} products on sale and {found.orders} unpaid orders have prices in {found.currency}, and"
            f" shop.currency is {currency}: shipping and tips would be charged in the wrong currency. Write"
            f" {found.currency} there again. To change it: let the open orders end, close the shop, export the"
            f" products, give each a price in {currency}, import them with the new shop.currency, and open the shop."
        )


class Found(Struct, frozen=True):
    """How much there is in one other currency."""

    currency: str
    products: int
    orders: int


async def find_foreign(session: AsyncSession, currency: str) -> Found | None:
    """What is on sale or waits to be paid in another currency; Stars, which nothing is sent for, may be beside any."""
    allowed = (currency, STARS)
    goods = select(Product.currency, func.count()).where(
        Product.archived_at.is_(None), Product.currency.not_in(allowed)
    )
    orders = select(Order.currency, func.count()).where(
        Order.status == OrderStatus.PENDING, Order.currency.not_in(allowed)
    )
    products = dict((await session.execute(goods.group_by(Product.currency))).all())
    unpaid = dict((await session.execute(orders.group_by(Order.currency))).all())
    others = sorted({*products, *unpaid}, key=lambda name: -products.get(name, 0))
    return Found(others[0], products.get(others[0], 0), unpaid.get(others[0], 0)) if others else None


async def check_currency(session: AsyncSession, currency: str) -> None:
    """Raises ForeignGoods when the shop must not be opened with this currency."""
    found = await find_foreign(session, currency)
    if found is not None:
        raise ForeignGoods(currency, found)
