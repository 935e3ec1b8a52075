"""Many orders sent at once: a line for each, looked at together, and each sent in its own right."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.models import Order, OrderStatus, ProductKind
from db.numbers import read_id
from shop.carriers import Tracked
from shop.forms.writing import one_line
from shop.orders.moves import TRACKING_LENGTH, is_tracked_so, tracked_by
from shop.orders.refusals import wrong_status
from shop.people.permissions import By, Permission, ask
from shop.policy import Carrier
from shop.refusals import CannotRead, NotFound, Refusal

MOST = 30  # lines of one message


class Line(Struct, frozen=True):
    """What somebody wrote: an order's number (None: not read), and the carrier with the tracking number, if any."""

    written: str
    order_id: int | None
    tracking: str = ""


class Planned(Struct, frozen=True):
    """What a line would do; `why` it does nothing. `tracked` is how the parcel is found, if the line says that."""

    line: Line
    order: Order | None = None
    why: Refusal | None = None
    tracked: Tracked | None = None


def read_lines(text: str) -> list[Line]:
    """A line for each order, empty ones left out: "1042", "#1042 LX12", "1042: DHL 00340"."""
    return [_read(line) for line in text.splitlines() if line.strip()]


async def plan(
    session: AsyncSession, by: By, lines: Sequence[Line], *, carriers: Sequence[Carrier] = ()
) -> list[Planned]:
    """What each line would do now, in their order; `carriers` are the shop's own. One statement."""
    acting = ask(by, Permission.ORDERS)
    ids = {line.order_id for line in lines if line.order_id is not None}
    query = select(Order).where(Order.id.in_(ids)).options(joinedload(Order.user), joinedload(Order.payment))
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    found = {order.id: order for order in await session.scalars(query.execution_options(populate_existing=True))}
    planned: list[Planned] = []
    seen: set[int] = set()
    for line in lines:
        order = found.get(line.order_id or 0)
        tracked = tracked_by(line.tracking, carriers)
        planned.append(Planned(line, order, _why(line, order, tracked, seen), tracked))
        seen.add(line.order_id or 0)
    return planned


def is_sent_so(order: Order, tracked: Tracked | None) -> bool:
    """Whether the order is on its way as this line says: the work of the same line, said before."""
    return order.status is OrderStatus.SHIPPED and (tracked is None or is_tracked_so(order, tracked))


def _read(written: str) -> Line:
    first, _, rest = one_line(written).partition(" ")
    return Line(one_line(written), read_id(first.lstrip("#").rstrip(":,;")), rest.strip()[:TRACKING_LENGTH])


def _why(line: Line, order: Order | None, tracked: Tracked | None, seen: set[int]) -> Refusal | None:
    if line.order_id is None:
        return CannotRead(field="order", given=line.written[:40], hint="number")
    if line.order_id in seen:
        return CannotRead(field="order", given=line.written[:40], hint="twice")
    if order is None:
        return NotFound(order_id=line.order_id)
    corrects = order.status is OrderStatus.SHIPPED and not is_sent_so(order, tracked)
    sends = order.status is OrderStatus.PROCESSING and order.kind is ProductKind.PHYSICAL
    return None if sends or corrects else wrong_status(order, OrderStatus.SHIPPED)
