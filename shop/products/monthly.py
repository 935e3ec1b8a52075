"""Selling a download by the month: what can be, and the switch."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductKind
from db.money import STARS
from shop.people.permissions import By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import OwnedProduct, get_owned
from shop.subscriptions.refusals import CannotBeMonthly
from shop.subscriptions.rule import MOST, must_fit_a_month


def may_be_monthly(item: OwnedProduct) -> bool:
    """Whether its seller is offered to sell it by the month."""
    product = item.product
    digital = product.kind is ProductKind.DIGITAL and product.currency == STARS
    return digital and not item.is_parent and product.parent_id is None and product.pooled_at is None


async def set_monthly(session: AsyncSession, by: By, product_id: int, *, monthly: bool, now: datetime) -> Product:
    """Sell it by the month, or once; who pays for it every month goes on doing so.

    Raises NotFound, NotPermitted, CannotBeMonthly.
    """
    acting = ask(by, Permission.CATALOGUE)
    item = await get_owned(session, acting, product_id)
    product = item.product
    if product.monthly == monthly:
        return product
    await session.refresh(product, with_for_update=True)
    if monthly:
        if not may_be_monthly(item):
            raise CannotBeMonthly(why=_why_not(item), most=MOST)
        must_fit_a_month(product.price)
    product.monthly, product.updated_at = monthly, now
    data = {"monthly": [not monthly, monthly]}
    note_change(session, product, actor=acting.actor, action="product.edited", data=data, now=now)
    await session.flush()
    return product


def _why_not(item: OwnedProduct) -> str:
    if item.product.kind is not ProductKind.DIGITAL or item.product.currency != STARS:
        return "kind"
    return "keys" if item.product.pooled_at is not None else "variants"
