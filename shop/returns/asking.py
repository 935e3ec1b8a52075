"""A customer asks to send goods of an order back, or takes that back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Return, ReturnLine, ReturnPhoto, ReturnReason, ReturnStatus, User
from shop.forms.writing import clean
from shop.payments.rows import lock_order
from shop.policy import Policy
from shop.refusals import NotFound
from shop.returns import moving, reading, rule
from shop.returns.refusals import CannotReturn


async def ask_back(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    user: User,
    order_id: int,
    wanted: Mapping[int, int],
    *,
    reason: ReturnReason,
    words: str = "",
    photos: Sequence[tuple[str, int]] = (),
    policy: Policy,
    now: datetime,
) -> Return:
    """Ask the seller to take pieces back: `wanted` by the ids of the order's lines; photos are file ids and their bots.

    Raises NotFound, CannotReturn (why: off, digital, not_arrived, late, nothing, left, many).
    """
    order = await lock_order(session, order_id, with_items=True)
    if order is None or order.user_id != user.id or order.owner_id == user.id:
        raise NotFound(order_id=order_id)
    rule.check_customer(order, policy, now)
    row = await write(session, order, rule.checked(order, wanted), reason=reason, words=words, policy=policy, now=now)
    session.add_all(ReturnPhoto(return_id=row.id, file_id=one, bot_id=bot) for one, bot in photos[: rule.PHOTOS])
    await moving.note(session, row, order, rule.ASKED, actor=f"customer:{user.id}", text=row.words, now=now)
    return await reading.get_for_customer(session, user, row.id)


async def withdraw(session: AsyncSession, user: User, return_id: int, *, policy: Policy, now: datetime) -> Return:
    """Not send anything back after all, while the seller has not got it. Raises NotFound, ReturnMoved."""
    row = await reading.get_for_customer(session, user, return_id)
    await moving.move(
        session,
        row,
        row.order,
        rule.WITHDRAWN,
        from_=moving.FROM_CUSTOMER,
        actor=f"customer:{user.id}",
        policy=policy,
        now=now,
    )
    return await reading.get_for_customer(session, user, return_id)


async def write(
    session: AsyncSession,
    order: Order,
    wanted: Mapping[int, int],
    *,
    reason: ReturnReason,
    words: str = "",
    status: ReturnStatus = rule.ASKED,
    policy: Policy,
    now: datetime,
) -> Return:
    """Write a return of a locked order down and take its pieces. Raises CannotReturn."""
    kept = await session.scalar(select(func.count()).where(Return.order_id == order.id))
    if (kept or 0) >= rule.MOST:
        raise CannotReturn(order_id=order.id, why="many")
    await moving.take(session, order, wanted)
    row = Return(
        order_id=order.id,
        owner_id=order.owner_id,
        status=status,
        reason=reason,
        words=clean(words)[: rule.WORDS],
        answer="",
        reminded=0,
        remind_at=moving.next_reminder(status, policy, now),
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    await session.flush()
    session.add_all(
        ReturnLine(return_id=row.id, item_id=item_id, quantity=units, restocked=0) for item_id, units in wanted.items()
    )
    await session.flush()
    return row
