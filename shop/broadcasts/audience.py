"""Who a broadcast is for: a seller reaches who ordered from them or waits for their goods, an operator everybody."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from db.models import Ban, Cart, CartItem, NewsOptout, Order, OrderItem, OrderStatus, Product, StockWatch, User
from db.numbers import read_id
from shop.people.optouts import BROADCASTS

QUIET = 30  # days, where it is not said
LONGEST_QUIET = 3650

Filter = Callable[[int, datetime], ColumnElement[bool]]


def audience(owner_id: int, segment: Sequence[str], now: datetime) -> ColumnElement[bool]:
    """True of a user whom this segment of a seller (0: of the whole shop) has, and who may be written to."""
    whose = User.seen_at.is_not(None) if not owner_id else or_(_ordered(owner_id), _watches(owner_id))
    return and_(whose, may_be_told(owner_id), *(part_of(part)(owner_id, now) for part in segment))


def may_be_told(owner_id: int) -> ColumnElement[bool]:
    """True of a user who can be reached, is not banned and wants news of this seller."""
    concerned = (0, owner_id)
    refused = select(NewsOptout.id).where(
        NewsOptout.user_id == User.id, NewsOptout.kind == BROADCASTS, NewsOptout.owner_id.in_(concerned)
    )
    banned = select(Ban.id).where(Ban.user_id == User.id, Ban.seller_id.in_(concerned))
    return and_(
        User.telegram_id.is_not(None),
        User.reachable.is_(True),
        ~refused.correlate(User).exists(),
        ~banned.correlate(User).exists(),
    )


def _of(owner_id: int, column: Any) -> tuple[ColumnElement[bool], ...]:
    return (column == owner_id,) if owner_id else ()


def _ordered(owner_id: int) -> ColumnElement[bool]:
    stands = Order.status != OrderStatus.CANCELLED
    return (
        select(Order.id)
        .where(Order.user_id == User.id, stands, *_of(owner_id, Order.owner_id))
        .correlate(User)
        .exists()
    )


def _watches(owner_id: int) -> ColumnElement[bool]:
    query = select(StockWatch.id).join(Product, Product.id == StockWatch.product_id)
    return query.where(StockWatch.user_id == User.id, Product.owner_id == owner_id).correlate(User).exists()


def _left_a_cart(owner_id: int, _now: datetime) -> ColumnElement[bool]:
    query = select(CartItem.id).join(Cart, Cart.id == CartItem.cart_id)
    query = query.join(Product, Product.id == CartItem.product_id)
    return query.where(Cart.user_id == User.id, *_of(owner_id, Product.owner_id)).correlate(User).exists()


def _bought_once(owner_id: int, _now: datetime) -> ColumnElement[bool]:
    orders = select(func.count(Order.id)).where(Order.user_id == User.id, Order.status != OrderStatus.CANCELLED)
    return orders.where(*_of(owner_id, Order.owner_id)).correlate(User).scalar_subquery() == 1


def _speaks(language: str) -> Filter:
    return lambda _owner_id, _now: User.language.startswith(language)


def _quiet(days: int) -> Filter:
    return lambda _owner_id, now: User.seen_at < now - timedelta(days=days)


def _bought(product_id: int) -> Filter:
    """Ordered this product, or a variant of it."""

    def bought(owner_id: int, _now: datetime) -> ColumnElement[bool]:
        query = select(Order.id).join(OrderItem, OrderItem.order_id == Order.id)
        query = query.join(Product, Product.id == OrderItem.product_id)
        query = query.where(
            or_(Product.id == product_id, Product.parent_id == product_id),
            Order.user_id == User.id,
            Order.status != OrderStatus.CANCELLED,
            *_of(owner_id, Order.owner_id),
        )
        return query.correlate(User).exists()

    return bought


def part_of(part: str) -> Filter:
    """The people of a part: one of PARTS, "quiet-90" (not seen for so many days), "product-17" (bought it).

    Raises ValueError for another.
    """
    if part in PARTS:
        return PARTS[part]
    name, _, number = part.partition("-")
    given = read_id(number)
    if name == "product" and given is not None:
        return _bought(given)
    if name == "quiet" and given is not None and 0 < given <= LONGEST_QUIET:
        return _quiet(given)
    raise ValueError(part)


PARTS: dict[str, Filter] = {
    "bought": lambda owner_id, _now: _ordered(owner_id),
    "once": _bought_once,
    "cart": _left_a_cart,
    "quiet": _quiet(QUIET),
    "en": _speaks("en"),
    "de": _speaks("de"),
    "ru": _speaks("ru"),
    "es": _speaks("es"),
    "tr": _speaks("tr"),
    "ar": _speaks("ar"),
}
