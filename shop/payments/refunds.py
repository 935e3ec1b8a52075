"""Giving money back: the refund is written down, the provider is asked, its answer is written down (a flow)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PaymentAttempt, Refund, RefundState, User
from db.session import Database, is_away
from shop.clock import Clock
from shop.orders import moves
from shop.orders.news import BY_HAND
from shop.orders.sights import follow
from shop.payments import alerts, keys, returns
from shop.payments.giving import Wish, decide
from shop.payments.methods import CREDIT
from shop.payments.rows import changed, lock_order
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.ports import Provider, ProviderError, RefundDisputed, RefundNotSupported, RefundOrder, RefundResult
from shop.refusals import NotFound, WrongStatus

CLAIM = timedelta(minutes=2)  # longer than any provider call with its retries
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
TRIES_BEFORE_ALARM = 5
log = structlog.get_logger()


class RefundNews(Struct, frozen=True):
    """How a refund stands after it was worked on; `amount` in minor units."""

    refund_id: int
    order_id: int
    amount: int
    currency: str
    state: RefundState
    disputed: bool = False  # refused, because the customer's bank is deciding about the charge
    to_credit: bool = False
    unanswered: bool = False  # asked for in vain; CREATED without it is in somebody's hands right now


async def refund(
    db: Database, providers: Mapping[str, Provider], wish: Wish, *, clock: Clock, policy: Policy
) -> list[RefundNews]:
    """Give money of an order back; one answer a charge that it came from.

    An answer CREATED means the provider could not be reached, or the schedule asks it just now: `run_refunds` goes on.
    Raises NotFound, NothingToRefund, RefundTooLarge, GoodsWithoutMoney, RefundWholeOnly, UnderDispute.
    """

    async def write(session: AsyncSession) -> list[int]:
        return [row.id for row in await decide(session, wish, providers, now=clock.now())]

    decided = await db.transact(write)
    return [await execute(db, providers, refund_id, clock=clock, policy=policy) for refund_id in decided]


async def run_refunds(
    db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy, *, limit: int = 50
) -> int:
    """Work on refunds that wait for their provider, oldest first; the number worked on."""
    async with db.read() as session:
        due = select(Refund.id).where(Refund.state == RefundState.CREATED, Refund.run_at <= clock.now())
        waiting = list(await session.scalars(due.order_by(Refund.run_at, Refund.id).limit(limit)))
    for refund_id in waiting:
        try:
            await execute(db, providers, refund_id, clock=clock, policy=policy)
        except Exception as error:
            if is_away(error):
                raise
            # whatever is wrong with this one, the others get their money
            log.exception("refund_failed", refund=refund_id)
            why = f"{type(error).__name__}; the log says where"
            await db.transact(partial(_stumble, refund_id=refund_id, why=why, policy=policy, now=clock.now()))
    return len(waiting)


async def execute(
    db: Database, providers: Mapping[str, Provider], refund_id: int, *, clock: Clock, policy: Policy
) -> RefundNews:
    """Ask the provider for one refund if it is due and nobody else does, with the same key every time."""
    claimed = await db.transact(lambda session: _claim(session, refund_id, now=clock.now()))
    if claimed is not None:
        name, order = claimed
        try:
            provider = providers.get(name)
            if name == CREDIT:
                answer: RefundResult | ProviderError = RefundResult(f"{CREDIT}:{refund_id}")  # ours: nobody is asked
            elif provider is None:
                raise RefundNotSupported(f"{name} is not configured")  # noqa: TRY301  an answer like any other
            else:
                answer = await provider.refund(order)
        except ProviderError as error:
            answer = error
            await keys.mind(db, name, error, clock=clock, policy=policy)
        except Exception as error:
            log.exception("refund_failed", refund=refund_id)
            answer = ProviderError(f"{type(error).__name__}; the log says where", unknown=True)
        await db.transact(lambda session: _write(session, refund_id, answer, policy=policy, now=clock.now()))
    async with db.read() as session:
        row = (await session.scalars(select(Refund).where(Refund.id == refund_id))).one()
        disputed = row.failure == returns.DISPUTED
        unanswered = row.failure is not None
        return RefundNews(
            row.id, row.order_id, row.amount, row.currency, row.state, disputed, row.to_credit, unanswered
        )


async def mark_paid_back(
    session: AsyncSession, refund_id: int, *, by: By, policy: Policy, now: datetime, as_credit: bool = False
) -> Refund:
    """A person says that they paid a MANUAL refund back by hand, or lets it be store credit. NotFound, WrongStatus."""
    acting = ask(by, Permission.MONEY)
    row = await session.scalar(select(Refund).where(Refund.id == refund_id))
    order = await lock_order(session, row.order_id) if row is not None else None
    if row is None or order is None or not (acting.everything or order.owner_id == acting.owner_id):
        raise NotFound
    await session.refresh(row)
    if row.state is RefundState.SUCCEEDED:
        return row
    if row.state is not RefundState.MANUAL:
        raise WrongStatus(order_id=order.id, status=row.state.value, wanted=RefundState.SUCCEEDED.value)
    reference = f"by hand: {acting.actor}"
    if as_credit:
        mine = update(Refund).where(Refund.id == row.id, Refund.state == RefundState.MANUAL)
        await changed(session, mine.values(to_credit=True, updated_at=now))
        await session.refresh(row)
        reference = f"{CREDIT}:{row.id}"
    await returns.succeed(session, order, row, reference=reference, policy=policy, now=now)
    await session.refresh(row)
    data = {"refund": [RefundState.MANUAL, row.state], "amount": row.amount, "currency": row.currency}
    data |= {"to_credit": True} if as_credit else {}
    moves.note(session, acting, order, "order.paid_back", data, now)
    return row


async def _claim(session: AsyncSession, refund_id: int, *, now: datetime) -> tuple[str, RefundOrder] | None:
    mine = update(Refund).where(Refund.id == refund_id, Refund.state == RefundState.CREATED, Refund.run_at <= now)
    values = {"run_at": now + CLAIM, "attempts": Refund.attempts + 1, "updated_at": now}
    if not await changed(session, mine.values(values)):
        return None
    query = (
        select(Refund, PaymentAttempt, User.telegram_id)
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .join(Order, Order.id == Refund.order_id)
        .join(User, User.id == Order.user_id)
        .where(Refund.id == refund_id)
    )
    row, charge, telegram_id = (await session.execute(query)).one()
    return CREDIT if row.to_credit else charge.provider, RefundOrder(
        charge_id=charge.charge_id or charge.reference or "",
        provider_charge_id=charge.provider_charge_id,
        amount=row.amount,
        currency=row.currency,
        idempotency_key=row.idempotency_key,
        telegram_id=telegram_id,
        full=row.amount == charge.captured_amount,
        tries=row.attempts,
    )


async def _write(
    session: AsyncSession, refund_id: int, answer: RefundResult | ProviderError, *, policy: Policy, now: datetime
) -> None:
    row = (await session.scalars(select(Refund).where(Refund.id == refund_id))).one()
    order = await lock_order(session, row.order_id)
    if order is None:
        return
    await session.refresh(row)
    if isinstance(answer, RefundResult):
        if answer.pending:
            mine = update(Refund).where(Refund.id == row.id, Refund.state == RefundState.CREATED)
            waits = mine.values(state=RefundState.PENDING, reference=answer.reference, failure=None, updated_at=now)
            await changed(session, waits)
        else:
            await returns.succeed(session, order, row, reference=answer.reference, policy=policy, now=now)
    elif isinstance(answer, RefundNotSupported):
        await _leave_to_people(session, order, row, str(answer), policy=policy, now=now)
    elif isinstance(answer, RefundDisputed):
        await returns.fail(session, order, row, returns.DISPUTED, policy=policy, now=now)
    elif answer.permanent:
        await returns.fail(session, order, row, str(answer), policy=policy, now=now)
    else:
        await _try_later(session, order, row, str(answer), policy=policy, now=now)


async def _leave_to_people(
    session: AsyncSession, order: Order, row: Refund, why: str, *, policy: Policy, now: datetime
) -> None:
    mine = update(Refund).where(Refund.id == row.id, Refund.state == RefundState.CREATED)
    if not await changed(session, mine.values(state=RefundState.MANUAL, failure=why[:255], updated_at=now)):
        return
    await alerts.tell_customer(
        session, order, "refund_by_hand", amount=row.amount, currency=row.currency, key=str(row.id), now=now
    )
    code, key = "refund_by_hand", str(row.id)
    await follow(session, order.id, key=f"{code}:{key}", now=now)
    charge = (await session.scalars(select(PaymentAttempt).where(PaymentAttempt.id == row.attempt_id))).one()
    if charge.provider in BY_HAND:  # who took the cash has it
        about = {"refund_id": row.id, "amount": row.amount, "currency": row.currency, "why": why[:255]}
        await alerts.tell_seller(session, order, code, key=key, asked_by=row.actor, now=now, **about)
    else:
        await _alarm(session, order, row, code, why, policy=policy, now=now)


async def _stumble(session: AsyncSession, *, refund_id: int, why: str, policy: Policy, now: datetime) -> None:
    """Our own mistake about one refund: it waits longer each time, and people are told."""
    row = (await session.scalars(select(Refund).where(Refund.id == refund_id))).one()
    mine = update(Refund).where(Refund.id == refund_id, Refund.state == RefundState.CREATED)
    await changed(session, mine.values(attempts=Refund.attempts + 1))
    await session.refresh(row)
    order = await session.get(Order, row.order_id)
    if order is not None:
        await _try_later(session, order, row, why, policy=policy, now=now)


async def _try_later(
    session: AsyncSession, order: Order, row: Refund, why: str, *, policy: Policy, now: datetime
) -> None:
    wait = min(FIRST_WAIT * 2 ** max(row.attempts - 1, 0), LONGEST_WAIT)
    mine = update(Refund).where(Refund.id == row.id, Refund.state == RefundState.CREATED)
    await changed(session, mine.values(run_at=now + wait, failure=why[:255], updated_at=now))
    if row.attempts >= TRIES_BEFORE_ALARM:
        await _alarm(session, order, row, "refund_stuck", why, policy=policy, now=now)


async def _alarm(
    session: AsyncSession, order: Order, row: Refund, code: str, why: str, *, policy: Policy, now: datetime
) -> None:
    await alerts.tell_operators_of(
        session,
        order,
        code,
        key=str(row.id),
        amount=row.amount,
        currency=row.currency,
        policy=policy,
        asked_by=row.actor if code == "refund_by_hand" else None,  # a refund that is stuck is news to everybody
        now=now,
        refund_id=row.id,
        why=why[:255],
    )
