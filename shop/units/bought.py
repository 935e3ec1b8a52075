"""What a buyer got: read by them alone, and only for as long as the order is theirs."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, OrderStatus, Payment, Product, Unit, UnitState, User
from shop.refusals import NotFound


class Bought(Struct, frozen=True):
    """A page of the units of an order, and how many there are in all; a name is that of the goods."""

    units: Sequence[tuple[str, Unit]]
    total: int


_THEIRS = (
    Order.status == OrderStatus.COMPLETED,
    Payment.payment_date.is_not(None),
    Payment.refunded_amount < Payment.amount,
    Unit.state == UnitState.SOLD,
)


async def bought_units(session: AsyncSession, user: User, order_id: int, *, skip: int = 0, limit: int) -> Bought:
    """Some of the keys and files of the person's own order, which was paid and not given back in full."""
    mine = (
        select(OrderItem.name, Unit)
        .join(OrderItem, OrderItem.id == Unit.order_item_id)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Payment, Payment.order_id == Order.id)
        .where(Order.id == order_id, Order.user_id == user.id, *_THEIRS)
    )
    total = await session.scalar(select(func.count()).select_from(mine.with_only_columns(Unit.id).subquery())) or 0
    if not total:
        return Bought((), 0)
    page = mine.order_by(OrderItem.id, Unit.id).offset(skip).limit(limit)
    return Bought([(row[0], row[1]) for row in await session.execute(page)], total)


async def bought_file(session: AsyncSession, user: User, unit_id: int) -> Unit:
    """One unit of an order of this person. Raises NotFound: also when it is another's, revoked or given back."""
    query = (
        select(Unit)
        .join(OrderItem, OrderItem.id == Unit.order_item_id)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Payment, Payment.order_id == Order.id)
        .where(Unit.id == unit_id, Order.user_id == user.id, *_THEIRS)
    )
    unit = await session.scalar(query)
    if unit is None:
        raise NotFound(unit_id=unit_id)
    return unit


async def come_back(session: AsyncSession, lines: Mapping[int, int]) -> dict[int, int]:
    """What of an order's lines goes back to the shelf with them: a key only when its seller says so."""
    pooled = select(Product.id).where(Product.id.in_(sorted(lines)), Product.pooled_at.is_not(None))
    units = set(await session.scalars(pooled))
    return {product_id: quantity for product_id, quantity in lines.items() if product_id not in units}
