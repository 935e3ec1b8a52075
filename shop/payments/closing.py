"""Closing open payments: nobody can pay what is about to be released or paid another way (a flow)."""

from collections.abc import Mapping
from datetime import datetime

import structlog
from msgspec import Struct
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, PaymentAttempt
from db.session import Database
from shop.clock import Clock
from shop.payments import inbox, invoices
from shop.payments.gate import ONE_SHEET
from shop.payments.rows import changed, lock_order, reread_attempt
from shop.payments.settle import NOT_DECIDED, Outcome
from shop.policy import Policy
from shop.ports import Captures, EventKind, Provider, ProviderError, ProviderEvent

log = structlog.get_logger()


_LIVE = (
    select(PaymentAttempt.id, PaymentAttempt.provider, PaymentAttempt.reference, PaymentAttempt.approved_at)
    .where(PaymentAttempt.order_id == bindparam("order"), PaymentAttempt.state.in_(NOT_DECIDED))
    .order_by(PaymentAttempt.id)
)
_LIVE_ELSEWHERE = _LIVE.where(PaymentAttempt.provider != bindparam("keep"))


class _Live(Struct, frozen=True):
    id: int
    provider: str
    reference: str | None
    approved_at: datetime | None


async def close_attempts(
    db: Database,
    providers: Mapping[str, Provider],
    order_id: int,
    *,
    policy: Policy,
    clock: Clock,
    keep: str | None = None,
    strict: bool = False,
) -> bool:
    """Make every open payment of the order impossible, except those by `keep`; True when one turns out to be paid.

    What turns out to be paid (or failed) is settled. A provider that cannot be reached leaves its payment open; with
    `strict` that raises ProviderError, because stock must not be released while somebody may be paying for it.
    """
    paid = False
    for attempt in await _live(db, order_id, keep):
        provider = providers.get(attempt.provider)
        if _is_being_taken(attempt, provider, now=clock.now()):
            if strict:
                raise ProviderError(f"{attempt.provider} is being asked for the money of order {order_id}")
            paid = True
            continue
        event: ProviderEvent | None = None
        try:
            if provider is not None and attempt.reference is not None:
                event = await provider.close(attempt.reference)
        except ProviderError as error:
            log.warning("payment_not_closed", order=order_id, provider=attempt.provider, error=str(error))
            if strict:
                raise
            continue
        if event is None:
            await db.transact(lambda session: _expire(session, order_id, attempt.id, now=clock.now()))  # noqa: B023
            continue
        settlement = await inbox.take_in(db, event, clock=clock, policy=policy)
        paid = paid or settlement.outcome is Outcome.PAID or event.kind is EventKind.PENDING
    return paid


def _is_being_taken(attempt: _Live, provider: object, *, now: datetime) -> bool:
    """Whether the shop asked for this money a moment ago, and has no answer yet: that cannot be called back."""
    return isinstance(provider, Captures) and attempt.approved_at is not None and attempt.approved_at > now - ONE_SHEET


async def is_open_elsewhere(db: Database, order_id: int, method: str) -> bool:
    """Whether the order has a payment that was not decided yet with another method than this one."""
    return bool(await _live(db, order_id, method))


async def _live(db: Database, order_id: int, keep: str | None) -> list[_Live]:
    query, values = _LIVE, dict[str, int | str](order=order_id)
    if keep is not None:
        query, values = _LIVE_ELSEWHERE, {**values, "keep": keep}
    async with db.read() as session:
        return [_Live(*row) for row in (await session.execute(query, values)).all()]


async def _expire(session: AsyncSession, order_id: int, attempt_id: int, *, now: datetime) -> None:
    order = await lock_order(session, order_id)
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt_id, PaymentAttempt.state.in_(NOT_DECIDED))
    if await changed(session, mine.values(state=AttemptState.EXPIRED, updated_at=now)) and order is not None:
        await invoices.take_away(session, order, await reread_attempt(session, attempt_id), now=now)
