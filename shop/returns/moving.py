"""How a return moves: by compare-and-swap, with its event and what both sides are told, in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, Return, ReturnEvent, ReturnLine, ReturnStatus
from db.writes import changed
from shop.notifications.outbox import enqueue
from shop.orders.news import tell_card
from shop.policy import Policy
from shop.returns.refusals import CannotReturn, ReturnMoved
from shop.returns.rule import AGREED, ASKED, DECLINED, REFUSED, WAITING, WITHDRAWN

TOLD, WANTED = "return_told", "return_wanted"  # news for the customer, and for the seller
FROM_CUSTOMER = (ASKED, AGREED)  # what a customer may take back
FROM_SELLER: Mapping[ReturnStatus, tuple[ReturnStatus, ...]] = {AGREED: (ASKED,), DECLINED: (ASKED, AGREED)}


async def take(session: AsyncSession, order: Order, wanted: Mapping[int, int]) -> None:
    """Count pieces of an order's lines as returned, each at most as often as it was bought. Raises CannotReturn."""
    for item_id, units in sorted(wanted.items()):
        line = update(OrderItem).where(
            OrderItem.id == item_id, OrderItem.order_id == order.id, OrderItem.quantity - OrderItem.returned >= units
        )
        if await changed(session, line.values(returned=OrderItem.returned + units)) != 1:
            raise CannotReturn(order_id=order.id, why="left")


async def move(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    row: Return,
    order: Order,
    to: ReturnStatus,
    *,
    from_: Iterable[ReturnStatus],
    actor: str,
    text: str = "",
    amount: int | None = None,
    policy: Policy,
    now: datetime,
) -> None:
    """Take a return (its lines are loaded) one step on. Raises ReturnMoved when it stands elsewhere."""
    values: dict[str, Any] = {
        "status": to,
        "updated_at": now,
        "reminded": 0,
        "remind_at": next_reminder(to, policy, now),
    }
    if to is not WITHDRAWN:
        values["answer"] = text
    mine = update(Return).where(Return.id == row.id, Return.status.in_(tuple(from_)))
    if await changed(session, mine.values(values)) != 1:
        await session.refresh(row, ["status"])
        raise ReturnMoved(return_id=row.id, status=row.status.value)
    if to in REFUSED:
        await _let_go(session, row.lines)
    await note(session, row, order, to, actor=actor, text=text, amount=amount, now=now)


async def note(
    session: AsyncSession,
    row: Return,
    order: Order,
    to: ReturnStatus,
    *,
    actor: str,
    text: str = "",
    amount: int | None = None,
    now: datetime,
) -> None:
    """Write the step down and tell the other side; whatever shows the return or its order follows."""
    event = ReturnEvent(return_id=row.id, status=to, actor=actor, text=text, amount=amount, created_at=now)
    session.add(event)
    await session.flush()
    data = {"return_id": row.id, "order_id": order.id, "step": to.value}
    by_customer = actor.startswith("customer:")
    await enqueue(
        session,
        user_id=order.owner_id if by_customer else order.user_id,
        kind=WANTED if by_customer else TOLD,
        data=data,
        dedupe_key=f"return:{row.id}:{to}",
        now=now,
    )
    await tell_card(session, order.id, order.user_id, key=f"return:{event.id}", now=now)


def next_reminder(status: ReturnStatus, policy: Policy, now: datetime) -> datetime | None:
    """When the seller is reminded of a return that stands so; None: it waits for nobody, or nobody is reminded."""
    return now + policy.return_reminder if status in WAITING and policy.return_reminder else None


async def _let_go(session: AsyncSession, lines: Iterable[ReturnLine]) -> None:
    """The pieces of a return that came to nothing may be asked for again."""
    for line in lines:
        mine = update(OrderItem).where(OrderItem.id == line.item_id, OrderItem.returned >= line.quantity)
        await changed(session, mine.values(returned=OrderItem.returned - line.quantity))
