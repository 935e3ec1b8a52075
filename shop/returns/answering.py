"""A seller answers a wish to send goods back, or begins a return themself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ProductKind, Return, ReturnReason, ReturnStatus
from shop.forms.writing import clean
from shop.orders import moves
from shop.payments.rows import lock_order
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.refusals import CannotRead, NotFound
from shop.returns import asking, moving, reading, rule


async def agree(session: AsyncSession, by: By, return_id: int, word: str, *, policy: Policy, now: datetime) -> Return:
    """Take the goods back, with a word to the customer or without. Raises NotFound, ReturnMoved."""
    return await _move(session, by, return_id, rule.AGREED, word, policy=policy, now=now)


async def decline(session: AsyncSession, by: By, return_id: int, word: str, *, policy: Policy, now: datetime) -> Return:
    """Not take them back, and say why: they may be asked for again. Raises NotFound, CannotRead, ReturnMoved."""
    if not clean(word):
        raise CannotRead(field="reason", given="", hint="empty")
    return await _move(session, by, return_id, rule.DECLINED, word, policy=policy, now=now)


async def start(
    session: AsyncSession,
    by: By,
    order_id: int,
    wanted: Mapping[int, int],
    *,
    reason: ReturnReason = ReturnReason.OTHER,
    policy: Policy,
    now: datetime,
) -> Return:
    """Begin a return for the customer, whatever the period and the goods: agreed at once.

    Nothing comes back of a download, so that its money is the only question left. Raises NotFound, CannotReturn.
    """
    acting = ask(by, Permission.ORDERS)
    order = await lock_order(session, order_id, with_items=True)
    if order is None or not (acting.everything or order.owner_id == acting.owner_id):
        raise NotFound(order_id=order_id)
    rule.check_arrived(order)
    status = rule.RECEIVED if order.kind is ProductKind.DIGITAL else rule.AGREED
    lines = rule.checked(order, wanted)
    row = await asking.write(session, order, lines, reason=reason, status=status, policy=policy, now=now)
    await moving.note(session, row, order, status, actor=moves.actor_on(acting, order), now=now)
    data = {"return": [None, status.value], "pieces": sum(lines.values())}
    moves.note(session, acting, order, "return.started", data, now)
    return await reading.get_for_owner(session, acting, row.id)


async def _move(
    session: AsyncSession, by: By, return_id: int, to: ReturnStatus, word: str, *, policy: Policy, now: datetime
) -> Return:
    acting = ask(by, Permission.ORDERS)
    row = await reading.get_for_owner(session, acting, return_id)
    before, text = row.status, clean(word)[: rule.WORDS]
    await moving.move(
        session,
        row,
        row.order,
        to,
        from_=moving.FROM_SELLER[to],
        actor=moves.actor_on(acting, row.order),
        text=text,
        policy=policy,
        now=now,
    )
    data = {"return": [before.value, to.value], "note": ["", text]}
    moves.note(session, acting, row.order, f"return.{to}", data, now)
    return await reading.get_for_owner(session, acting, return_id)
