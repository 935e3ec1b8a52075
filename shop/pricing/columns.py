"""The rule of prices as SQL, for what is sorted, filtered or added up where the rows are."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, case, func, or_

from db.models import Product


def cost(now: datetime | BindParameter[datetime]) -> ColumnElement[int]:
    """What a product costs now, in minor units: `price_at`, of a row of `products`."""
    began = or_(Product.sale_from.is_(None), Product.sale_from <= now)
    goes_on = or_(Product.sale_until.is_(None), Product.sale_until > now)
    return case((and_(Product.sale_price.is_not(None), began, goes_on), Product.sale_price), else_=Product.price)


def turn(now: datetime) -> tuple[ColumnElement[datetime | None], ColumnElement[datetime | None]]:
    """The next beginning and the next end of a sale among the rows of a group; `next_turn` makes them one."""
    begins = func.min(case((Product.sale_from > now, Product.sale_from), else_=None))
    ends = func.min(case((Product.sale_until > now, Product.sale_until), else_=None))
    return begins, ends


def next_turn(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of these moments; None when there is none."""
    return min((moment for moment in moments if moment is not None), default=None)
