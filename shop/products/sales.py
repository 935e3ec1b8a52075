"""A seller's sale: what a product, or one of its variants or all, costs from one moment until another."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import OwnedProduct, get_owned
from shop.refusals import CannotRead

MOST_PERCENT = 99


class SaleDraft(Struct, frozen=True):
    """A sale to be: a price in minor units, or so many percent less (1 to 99); from now, without an end."""

    price: int | None = None
    percent: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None


def reduced(price: int, sale: SaleDraft) -> int:
    """What a product of this price costs in the sale, a half rounded up; never nothing."""
    if sale.price is not None:
        return sale.price
    return max((price * (100 - (sale.percent or 0)) + 50) // 100, 1)


async def put_on_sale(session: AsyncSession, by: By, product_id: int, sale: SaleDraft, *, now: datetime) -> Product:
    """Sell a product for less, or all variants of it; an earlier sale of it is replaced.

    Raises NotFound, also when it is not theirs, and CannotRead: a price that is not less than the price of each of
    them (data: limit, the lowest of those), or an end that is past or before the beginning.
    """
    _check_dates(sale, now)
    acting = ask(by, Permission.CATALOGUE)
    owned = await get_owned(session, acting, product_id)
    goods = await _locked(session, owned.product, is_parent=owned.is_parent)
    _check_prices([one.price for one in goods], sale)
    for price in {one.price for one in goods}:
        values = {"sale_price": reduced(price, sale), "sale_from": sale.starts, "sale_until": sale.ends}
        same = Product.id.in_([one.id for one in goods if one.price == price])
        await session.execute(update(Product).where(same).values(**values, updated_at=now))
    said = {"percent": sale.percent, "price": sale.price, "from": _said(sale.starts), "until": _said(sale.ends)}
    return await _noted(session, acting, owned.product, "product.sale_set", said, now=now)


def check_amount(item: OwnedProduct, sale: SaleDraft) -> None:
    """Raises CannotRead for a sale that would not make the product, or each of its variants, cheaper."""
    goods = [variant.product for variant in item.variants] if item.is_parent else [item.product]
    _check_prices([one.price for one in goods], sale)


def _check_prices(prices: Sequence[int], sale: SaleDraft) -> None:
    if any(not 0 < reduced(price, sale) < price for price in prices) or not prices:
        raise CannotRead(field="sale", given="", hint="sale_not_less", limit=min(prices, default=0))


async def end_sale(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> Product:
    """Sell a product, and its variants, for its price again; done twice it is done once. Raises NotFound."""
    acting = ask(by, Permission.CATALOGUE)
    owned = await get_owned(session, acting, product_id)
    product = owned.product
    same = or_(Product.id == product.id, Product.parent_id == product.id)
    ended = update(Product).where(same, Product.sale_price.is_not(None))
    done = await session.execute(ended.values(sale_price=None, sale_from=None, sale_until=None, updated_at=now))
    if not getattr(done, "rowcount", 0):
        return product
    return await _noted(session, acting, product, "product.sale_ended", {}, now=now)


async def _locked(session: AsyncSession, product: Product, *, is_parent: bool) -> list[Product]:
    """What is sold of it, with prices that nobody changes before the commit."""
    which = Product.parent_id == product.id if is_parent else Product.id == product.id
    query = select(Product).where(which).order_by(Product.id).with_for_update()
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def _noted(
    session: AsyncSession, acting: Acting, product: Product, action: str, data: Mapping[str, object], *, now: datetime
) -> Product:
    note_change(session, product, actor=acting.actor, action=action, data=dict(data), now=now)
    await session.flush()
    await session.refresh(product)
    return product


def _check_dates(sale: SaleDraft, now: datetime) -> None:
    if sale.percent is not None and not 0 < sale.percent <= MOST_PERCENT:
        raise CannotRead(field="sale", given=str(sale.percent), hint="sale_percent")
    if sale.ends is not None and sale.ends <= max(sale.starts or now, now):
        raise CannotRead(field="sale", given="", hint="sale_dates")


def _said(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
