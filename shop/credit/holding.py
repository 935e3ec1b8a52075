"""Credit that an order holds: taken when it is placed, given back when it ends, spent when it is paid.

The order is locked, or is being written, by whoever calls; its account comes after promotions and before stock.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.models import CreditAccount, CreditHold, CreditKind, CreditMovement, HoldState, Order
from db.types import UTCDateTime
from db.writes import changed
from shop.credit.accounts import move
from shop.credit.refusals import CreditChanged

_ACCOUNTS = Base.metadata.tables[CreditAccount.__tablename__]
_AMOUNT = bindparam("amount", type_=BigInteger)
_MINE = (
    _ACCOUNTS.c.user_id == bindparam("person"),
    _ACCOUNTS.c.owner_id == bindparam("seller"),
    _ACCOUNTS.c.currency == bindparam("in_currency"),
)
_TAKE = (
    update(_ACCOUNTS)
    .where(*_MINE, _ACCOUNTS.c.balance >= _AMOUNT)
    .values(balance=_ACCOUNTS.c.balance - _AMOUNT, updated_at=bindparam("now", type_=_ACCOUNTS.c.updated_at.type))
)
_WHICH = select(_ACCOUNTS.c.id).where(*_MINE)
_HOLD = select(CreditHold).where(CreditHold.order_id == bindparam("order")).execution_options(populate_existing=True)
_WAS = bindparam("was", type_=CreditHold.state.type)
_LEAVE = (
    update(CreditHold)
    .where(CreditHold.order_id == bindparam("order"), CreditHold.state == _WAS)
    .values(state=bindparam("becomes", type_=CreditHold.state.type), updated_at=bindparam("now", type_=UTCDateTime))
)
_GROW = (
    update(CreditHold)
    .where(CreditHold.order_id == bindparam("order"), CreditHold.state == HoldState.HELD)
    .values(
        amount=CreditHold.amount + bindparam("more", type_=BigInteger), updated_at=bindparam("now", type_=UTCDateTime)
    )
)


def hold_now(connection: Connection, order_id: int, whose: dict[str, Any], amount: int, *, now: datetime) -> None:
    """Take so much for a new order of this person (`whose`: person, seller, in_currency). Raises CreditChanged."""
    if connection.execute(_TAKE, {**whose, "amount": amount, "now": now}).rowcount != 1:
        raise CreditChanged
    account_id = connection.execute(_WHICH, whose).scalar_one()
    connection.execute(
        insert(CreditMovement),
        {
            "account_id": account_id,
            "delta": -amount,
            "kind": CreditKind.HELD,
            "order_id": order_id,
            "actor": f"customer:{whose['person']}",
            "created_at": now,
        },
    )
    connection.execute(
        insert(CreditHold),
        {
            "order_id": order_id,
            "account_id": account_id,
            "amount": amount,
            "state": HoldState.HELD,
            "created_at": now,
            "updated_at": now,
        },
    )


async def give_back(session: AsyncSession, order_id: int, *, now: datetime) -> None:
    """An order ended unpaid: what it held may be spent again. Done twice, it gives back once."""
    if not await _leave(session, order_id, HoldState.HELD, HoldState.RELEASED, now):
        return
    hold = (await session.scalars(_HOLD, {"order": order_id})).one()
    if hold.amount:
        await move(
            session,
            hold.account_id,
            hold.amount,
            CreditKind.RETURNED,
            order_id=order_id,
            actor="system:credit",
            now=now,
        )


async def hold_again(session: AsyncSession, order: Order, *, now: datetime) -> None:
    """An order that had ended goes on after all, paid in part by the credit that it had. Raises CreditChanged."""
    if not order.credit or not await _leave(session, order.id, HoldState.RELEASED, HoldState.HELD, now):
        return
    hold = (await session.scalars(_HOLD, {"order": order.id})).one()
    if not await move(
        session, hold.account_id, -hold.amount, CreditKind.HELD, order_id=order.id, actor="system:credit", now=now
    ):
        raise CreditChanged(order_id=order.id)


async def fit(session: AsyncSession, order: Order, total: int, *, now: datetime) -> int:
    """How much of its new total a locked pending order pays by credit, if it does at all: as much as there is.

    The hold is that afterwards; the order's own row is the caller's to write, in the statement that writes its total.
    """
    if not order.credit:
        return 0
    row = select(CreditAccount.id, CreditAccount.balance, CreditHold.amount).join(
        CreditHold, CreditHold.account_id == CreditAccount.id
    )
    mine = row.where(CreditHold.order_id == order.id, CreditHold.state == HoldState.HELD).with_for_update()
    account_id, balance, held = (await session.execute(mine)).one()
    wanted = max(min(total, held + balance), 0)
    more = wanted - held
    if more:
        kind = CreditKind.HELD if more > 0 else CreditKind.RETURNED
        await changed(session, _GROW, {"order": order.id, "more": more, "now": now})
        actor = f"customer:{order.user_id}"
        if not await move(session, account_id, -more, kind, order_id=order.id, actor=actor, now=now):
            raise CreditChanged(order_id=order.id)
    return wanted


async def spend(session: AsyncSession, order: Order, *, now: datetime) -> bool:
    """A locked order is paid: what it held is spent. False when it held nothing, or that was spent before."""
    return bool(order.credit) and await _leave(session, order.id, HoldState.HELD, HoldState.SPENT, now)


async def _leave(session: AsyncSession, order_id: int, was: HoldState, becomes: HoldState, now: datetime) -> bool:
    values = {"order": order_id, "was": was, "becomes": becomes, "now": now}
    return await changed(session, _LEAVE, values) == 1
