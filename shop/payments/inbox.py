"""The inbox of everything a provider says: stored first, so that the answer 200 is never a lie, then settled."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from msgspec import convert, to_builtins
from msgspec.structs import replace
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import PaymentEvent
from db.ordering import along
from db.session import Database, is_away
from db.writes import insert_once
from shop.clock import Clock
from shop.jobs import tries
from shop.notifications.operators import tell_set_aside
from shop.payments import capturing
from shop.payments.rows import changed
from shop.payments.settle import Outcome, Settlement, settle
from shop.policy import Policy
from shop.ports import Provider, ProviderError, ProviderEvent, WebhookProvider

WAITS = (PaymentEvent.processed_at.is_(None), PaymentEvent.dead_at.is_(None))

log = structlog.get_logger()

_NUMBER = select(PaymentEvent.id).where(
    PaymentEvent.provider == bindparam("provider"), PaymentEvent.event_id == bindparam("event")
)
_DONE = (
    update(PaymentEvent)
    .where(PaymentEvent.id == bindparam("row"), PaymentEvent.processed_at.is_(None))
    .values(processed_at=bindparam("now"), dead_at=None, error=None)
)


async def receive(
    db: Database, provider: WebhookProvider, body: bytes, headers: Mapping[str, str], *, clock: Clock
) -> int | None:
    """Read one webhook delivery and store it; the row to `process`, or None when it is not for us or was stored before.

    Raises BadWebhook when it is not genuine. ProviderError (that cannot be told now) and a database error mean
    "send it again" and must become a 5xx.
    """
    event = await provider.read_webhook(body, headers)
    if event is None:
        return None
    return await db.transact(lambda session: store(session, event, now=clock.now()))


async def store(session: AsyncSession, event: ProviderEvent, *, now: datetime) -> int | None:
    """Write an event into the inbox; None when it is there already."""
    new = await insert_once(
        session,
        PaymentEvent,
        provider=event.provider,
        event_id=event.event_id,
        type=event.kind.value,
        reference=event.reference,
        payload=write(event),
        attempts=0,
        received_at=now,
        run_at=now,
    )
    if not new:
        return None
    return await session.scalar(_NUMBER, {"provider": event.provider, "event": event.event_id})


async def process(
    db: Database, providers: Mapping[str, Provider], row_id: int, *, clock: Clock, policy: Policy
) -> Settlement | None:
    """Settle one stored event; None when it was done before or cannot be settled now (it stays stored).

    Deliveries come late and out of order, so a provider that calls us is first asked what is true now. What fails is
    tried again later and later; what the provider will never answer, or what we stumble over, is set aside in the end.
    """
    async with db.read() as session:
        row = await session.get(PaymentEvent, row_id)
    if row is None or row.processed_at is not None:
        return None
    try:
        event = read(row.payload)
        truth = await _truth(providers.get(event.provider), event)
        if truth is not None:
            truth = await capturing.carry_on(db, providers, truth, clock=clock, policy=policy)
        return await db.transact(lambda session: _finish(session, row_id, truth, policy=policy, now=clock.now()))
    except ProviderError as error:
        why, hopeless = str(error), error.permanent
    except Exception as error:
        if is_away(error):
            raise
        log.exception("event_not_settled", row=row_id, provider=row.provider)
        why, hopeless = f"{type(error).__name__}; the log says where", True
    await db.transact(partial(_note_failure, row_id=row_id, why=why, hopeless=hopeless, policy=policy, now=clock.now()))
    return None


async def process_waiting(
    db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy, *, limit: int = 100
) -> int:
    """Settle stored events that are due, those that never failed before those that did; the number that got done."""
    async with db.read() as session:
        query = select(PaymentEvent.id).where(*WAITS, PaymentEvent.run_at <= clock.now())
        null, then = [PaymentEvent.processed_at, PaymentEvent.dead_at], [PaymentEvent.run_at, PaymentEvent.id]
        order = along(session, null, then)
        waiting = list(await session.scalars(query.order_by(*order).limit(limit)))
    settled = [await process(db, providers, row_id, clock=clock, policy=policy) for row_id in waiting]
    return sum(settlement is not None for settlement in settled)


async def take_in(db: Database, event: ProviderEvent, *, clock: Clock, policy: Policy) -> Settlement:
    """Store and settle in one transaction what is known to be true now: a Telegram message, a look-up."""

    async def work(session: AsyncSession) -> Settlement:
        now = clock.now()
        row_id = await store(session, event, now=now)
        settlement = await settle(session, event, policy=policy, now=now)
        if row_id is not None:
            await _mark_done(session, row_id, now=now)
        return settlement

    return await db.transact(work)


def write(event: ProviderEvent) -> dict[str, Any]:
    """The event as JSON."""
    address = dict(event.address) if event.address else None
    kept: dict[str, Any] = to_builtins(replace(event, address=address))
    return kept


def read(kept: Mapping[str, Any]) -> ProviderEvent:
    """The event from JSON."""
    return convert(kept, ProviderEvent)


async def _truth(provider: object, event: ProviderEvent) -> ProviderEvent | None:
    return await provider.confirm(event) if isinstance(provider, WebhookProvider) else event


async def _finish(
    session: AsyncSession, row_id: int, event: ProviderEvent | None, *, policy: Policy, now: datetime
) -> Settlement:
    settlement = Settlement(Outcome.NOTED)
    if event is not None:
        settlement = await settle(session, event, policy=policy, now=now)
    await _mark_done(session, row_id, now=now)
    return settlement


async def _mark_done(session: AsyncSession, row_id: int, *, now: datetime) -> None:
    await changed(session, _DONE, {"row": row_id, "now": now})


async def _note_failure(
    session: AsyncSession, *, row_id: int, why: str, hopeless: bool, policy: Policy, now: datetime
) -> None:
    """Try it later; a provider that is away or refuses our key is asked for ever, once an hour in the end."""
    row = update(PaymentEvent).where(PaymentEvent.id == row_id, *WAITS)
    if not await changed(session, row.values(attempts=PaymentEvent.attempts + 1, error=why[:255])):
        return
    tried = await session.scalar(select(PaymentEvent.attempts).where(PaymentEvent.id == row_id)) or 0
    if not (hopeless and tries.are_enough(tried)):
        await changed(session, row.values(run_at=tries.next_try(tried, now=now)))
    elif await changed(session, row.values(dead_at=now)):
        await tell_set_aside(session, f"payment event {row_id}", why, policy=policy, now=now)
