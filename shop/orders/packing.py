"""What goes into which parcel: the orders that are to be sent, the oldest first, with what finds their goods."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from db.models import Order, OrderItem, OrderStatus, Product, ProductKind
from shop.people.permissions import By, Permission, ask
from shop.refusals import NotFound

MOST = 50  # orders of one file


class Parcel(Struct, frozen=True):
    """An order with its people, payment and lines; by the id of each product its SKU, and the grams of a unit."""

    order: Order
    skus: Mapping[int, str]
    weights: Mapping[int, int | None]


class Parcels(Struct, frozen=True):
    """Some of what is to be sent, the oldest first; `further` is the id after which there is more."""

    parcels: Sequence[Parcel]
    further: int | None = None


async def to_pack(session: AsyncSession, by: By, *, after: int | None = None, most: int = MOST) -> Parcels:
    """What the seller (operators: anybody) is to send, of the orders after that id. Two statements."""
    query = _theirs(by).where(Order.status == OrderStatus.PROCESSING, Order.kind == ProductKind.PHYSICAL)
    if after is not None:
        query = query.where(Order.id > after)
    found = list(await session.scalars(query.order_by(Order.id).limit(most + 1)))
    parcels = await _filled(session, found[:most])
    return Parcels(parcels, found[most - 1].id if len(found) > most else None)


async def parcel_of(session: AsyncSession, by: By, order_id: int) -> Parcel:
    """One order of goods that are sent, wherever it stands. Raises NotFound, for downloads as well. Two statements."""
    query = _theirs(by).where(Order.id == order_id, Order.kind == ProductKind.PHYSICAL)
    order = await session.scalar(query)
    if order is None:
        raise NotFound(order_id=order_id)
    return (await _filled(session, [order]))[0]


def _theirs(by: By) -> Select[Order]:
    acting = ask(by, Permission.ORDERS)
    loaded = joinedload(Order.user), joinedload(Order.owner), joinedload(Order.payment)
    query = select(Order).options(*loaded).execution_options(populate_existing=True)
    return query if acting.everything else query.where(Order.owner_id == acting.owner_id)


async def _filled(session: AsyncSession, found: Sequence[Order]) -> list[Parcel]:
    if not found:
        return []
    query = select(OrderItem, Product.sku, Product.weight).join(Product, Product.id == OrderItem.product_id)
    ordered = query.where(OrderItem.order_id.in_([order.id for order in found])).order_by(OrderItem.id)
    lines: dict[int, list[OrderItem]] = {order.id: [] for order in found}
    skus: dict[int, str] = {}
    weights: dict[int, int | None] = {}
    for item, sku, weight in await session.execute(ordered):
        lines[item.order_id].append(item)
        skus[item.product_id], weights[item.product_id] = sku, weight
    for order in found:
        set_committed_value(order, "items", lines[order.id])
    return [Parcel(order, skus, weights) for order in found]
