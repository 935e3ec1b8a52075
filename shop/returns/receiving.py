"""The goods are back: as many as the seller says go to the shelf, and never more than left it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, Return, ReturnLine
from db.writes import changed
from shop.orders import lifecycle, moves
from shop.payments.putting_back import put_back_units
from shop.payments.rows import lock_order
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.refusals import NotFound
from shop.returns import moving, reading, rule
from shop.returns.refusals import CannotReturn


async def receive(
    session: AsyncSession, by: By, return_id: int, restock: Mapping[int, int], *, policy: Policy, now: datetime
) -> Return:
    """Say that the goods came; `restock` of each line (by its id in the return) go back to the shelf.

    An order that was on its way has arrived, if its goods came back from there. Raises NotFound, CannotReturn (more
    than came back), ReturnMoved.
    """
    acting = ask(by, Permission.ORDERS)
    row = await reading.get_for_owner(session, acting, return_id)
    order = await lock_order(session, row.order_id, with_items=True)
    if order is None:
        raise NotFound(return_id=return_id)
    actor = moves.actor_on(acting, order)
    await moving.move(session, row, order, rule.RECEIVED, from_=(rule.AGREED,), actor=actor, policy=policy, now=now)
    back = await _restock(session, row, order, restock, actor=actor, now=now)
    if order.status is OrderStatus.SHIPPED:
        await lifecycle.move(
            session,
            order.id,
            OrderStatus.COMPLETED,
            from_=OrderStatus.SHIPPED,
            actor=actor,
            cause="returned",
            now=now,
            review_asked_at=now,  # nobody is asked how they like what they sent back
        )
    data = {"return": [rule.AGREED.value, rule.RECEIVED.value], "stock": [0, back]}
    moves.note(session, acting, order, "return.received", data, now)
    return await reading.get_for_owner(session, acting, return_id)


async def _restock(
    session: AsyncSession, row: Return, order: Order, restock: Mapping[int, int], *, actor: str, now: datetime
) -> int:
    """How many pieces went to the shelf: of keys, and of what is there already, none."""
    total = 0
    units = Counter[int]()
    for line in row.lines:
        wanted = restock.get(line.id, 0)
        if not 0 <= wanted <= line.quantity:
            raise CannotReturn(order_id=order.id, why="left")
        units[line.item.product_id] += wanted
    put = Counter(await put_back_units(session, order, units, actor=actor, now=now))
    for line in row.lines:
        went = min(restock.get(line.id, 0), put[line.item.product_id])
        put[line.item.product_id] -= went
        total += went
        await changed(session, update(ReturnLine).where(ReturnLine.id == line.id).values(restocked=went))
    return total
