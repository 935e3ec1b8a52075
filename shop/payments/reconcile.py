"""The reconciler: provider against ledger against orders; settles what it can and names the rest (a flow)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, PaymentAttempt
from db.session import Database, is_away
from shop.clock import Clock
from shop.notifications.operators import tell_operators
from shop.payments import inbox, keys, ledger
from shop.payments.checking import check_attempt
from shop.payments.ledger import Difference, DifferenceKind
from shop.payments.refunds import run_refunds
from shop.payments.rows import changed
from shop.payments.settle import NOT_DECIDED, Outcome, Settlement
from shop.policy import Policy
from shop.ports import EventKind, ListsEvents, Provider, ProviderError, WebhookProvider

log = structlog.get_logger()

LOOK_BACK = timedelta(days=3)
YOUNG = timedelta(minutes=1)  # what was opened just now is still being written down
FORGET = timedelta(days=1)  # a payment that could have been paid so long ago will not be
BATCH = 200


async def reconcile(
    db: Database,
    providers: Mapping[str, Provider],
    clock: Clock,
    policy: Policy,
    *,
    look_back: timedelta = LOOK_BACK,
    thorough: bool = False,
) -> list[Difference]:
    """Ask, settle, compare; everything that does not agree, or did not before this run.

    1. Settle what is stored and was not settled.
    2. Replay what providers that can list it say happened within `look_back`.
    3. Ask about payments that never said how they ended; `thorough`: about those paid within `look_back`, too.
    4. Go on with refunds that wait.
    5. Compare our books with themselves, about what changed within `look_back`; `thorough`: all of them.
    """
    differences: list[Difference] = []
    await inbox.process_waiting(db, providers, clock, policy)
    for provider in providers.values():
        differences += await _replay(db, providers, provider, clock, policy, look_back)
    differences += await _ask_open(db, providers, clock, policy)
    if thorough:
        differences += await _ask_paid(db, providers, clock.now() - look_back)
    await run_refunds(db, providers, clock, policy)
    async with db.read() as session:
        since = None if thorough else clock.now() - look_back
        differences += await ledger.compare(session, now=clock.now(), since=since)
    await db.transact(lambda session: _alert(session, differences, policy=policy, now=clock.now()))
    return differences


async def _alert(session: AsyncSession, differences: list[Difference], *, policy: Policy, now: datetime) -> None:
    """Money that nobody works for must not wait until somebody runs the command."""
    for difference in differences:
        if difference.kind is DifferenceKind.MONEY_WITHOUT_ORDER:
            await tell_operators(
                session,
                difference.kind.value,
                policy=policy,
                seller_id=None,
                key=f"{difference.order_id}:{difference.there}",
                now=now,
                order_id=difference.order_id,
                amount=difference.there,
                currency=difference.currency,
                why=difference.detail,
            )


async def _replay(
    db: Database, providers: Mapping[str, Provider], provider: object, clock: Clock, policy: Policy, span: timedelta
) -> list[Difference]:
    if not isinstance(provider, ListsEvents):
        return []
    try:
        events = await provider.recent_events(clock.now() - span)
    except ProviderError as error:
        log.warning("provider_not_asked", provider=provider.name, why=str(error))
        await keys.mind(db, provider.name, error, clock=clock, policy=policy)
        return [Difference(DifferenceKind.UNREACHABLE, provider.name, detail=str(error))]
    except Exception as error:  # noqa: BLE001  logged, and it stays with this one
        return [Difference(DifferenceKind.UNREACHABLE, provider.name, detail=_stumbled(error, provider.name))]
    differences = []
    for event in events:
        try:
            row_id = await db.transact(lambda session: inbox.store(session, event, now=clock.now()))  # noqa: B023
            if row_id is None:
                continue
            settlement = await inbox.process(db, providers, row_id, clock=clock, policy=policy)
        except Exception as error:  # noqa: BLE001  logged, and it stays with this one
            detail = f"{event.event_id}: {_stumbled(error, event.provider)}"
            differences.append(Difference(DifferenceKind.UNSETTLED_EVENT, event.provider, detail=detail))
            continue
        if settlement is None or event.kind is not EventKind.PAID:
            continue
        if settlement.outcome in {Outcome.PAID, Outcome.REFUNDING}:
            differences.append(_found(event.provider, settlement))
        elif settlement.outcome is Outcome.UNKNOWN:
            differences.append(
                Difference(
                    DifferenceKind.UNKNOWN_CHARGE,
                    event.provider,
                    here=0,
                    there=settlement.amount,
                    currency=settlement.currency,
                    detail=event.charge_id or event.reference or event.event_id,
                )
            )
    return differences


def _stumbled(error: Exception, provider: str) -> str:
    """What one row or one provider does to us stays with it; only a database that is away ends the round."""
    if is_away(error):
        raise error
    log.error("reconcile_stumbled", provider=provider, exc_info=error)
    return f"{type(error).__name__}; the log says where"


def _found(provider: str, settlement: Settlement) -> Difference:
    return Difference(
        DifferenceKind.FOUND_PAID,
        provider,
        settlement.order_id,
        here=0,
        there=settlement.amount,
        currency=settlement.currency,
        detail=settlement.problem or "settled now",
    )


async def _ask_open(db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy) -> list[Difference]:
    now = clock.now()
    query = select(PaymentAttempt).where(PaymentAttempt.state.in_(NOT_DECIDED), PaymentAttempt.created_at < now - YOUNG)
    first = (PaymentAttempt.checked_at.is_not(None), PaymentAttempt.checked_at, PaymentAttempt.id)  # never asked, first
    async with db.read() as session:
        attempts = list(await session.scalars(query.order_by(*first).limit(BATCH)))
    differences = []
    for attempt in attempts:
        provider = providers.get(attempt.provider)
        try:
            settlement = await check_attempt(db, providers, attempt.id, clock=clock, policy=policy)
        except Exception as error:  # noqa: BLE001  logged, and it stays with this one
            detail = str(error) if isinstance(error, ProviderError) else _stumbled(error, attempt.provider)
            differences.append(
                Difference(DifferenceKind.UNREACHABLE, attempt.provider, attempt.order_id, detail=detail)
            )
            await _asked(db, attempt, clock.now())
            continue
        if settlement is not None and settlement.outcome in {Outcome.PAID, Outcome.REFUNDING}:
            differences.append(_found(attempt.provider, settlement))
        elif settlement is None and (provider is None or not provider.by_hand):
            await _forget(db, attempt, now)
    return differences


async def _asked(db: Database, attempt: PaymentAttempt, now: datetime) -> None:
    """Asked in vain: the others have their turn first."""
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt.id)
    await db.transact(lambda session: changed(session, mine.values(checked_at=now)))


async def _forget(db: Database, attempt: PaymentAttempt, now: datetime) -> None:
    """End an attempt that can no longer be paid and of which nothing will be heard."""
    if attempt.expires_at is None or attempt.expires_at > now - FORGET:
        return
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt.id, PaymentAttempt.state.in_(NOT_DECIDED))
    values = {"state": AttemptState.EXPIRED, "updated_at": now}
    await db.transact(lambda session: changed(session, mine.values(values)))


async def _ask_paid(db: Database, providers: Mapping[str, Provider], since: datetime) -> list[Difference]:
    query = select(PaymentAttempt).where(
        PaymentAttempt.state == AttemptState.PAID,
        PaymentAttempt.paid_at >= since,
        PaymentAttempt.reference.is_not(None),
    )
    async with db.read() as session:
        attempts = list(await session.scalars(query.order_by(PaymentAttempt.id)))
    differences = []
    for attempt in attempts:
        provider = providers.get(attempt.provider)
        if provider is None or attempt.reference is None:
            continue
        try:
            said = await provider.look_up(attempt.reference)
        except ProviderError as error:
            kind = DifferenceKind.NOT_PAID_THERE if error.permanent else DifferenceKind.UNREACHABLE
            differences.append(_differs(kind, attempt, 0, str(error)))
            continue
        except Exception as error:  # noqa: BLE001  logged, and it stays with this one
            detail = _stumbled(error, attempt.provider)
            differences.append(_differs(DifferenceKind.UNREACHABLE, attempt, 0, detail))
            continue
        if said is None:
            if isinstance(provider, WebhookProvider):  # it can be asked, and knows of no end
                differences.append(_differs(DifferenceKind.NOT_PAID_THERE, attempt, 0, "still open"))
            continue
        if said.kind is not EventKind.PAID:
            differences.append(_differs(DifferenceKind.NOT_PAID_THERE, attempt, 0, said.kind.value))
        elif (said.amount, said.currency) != (attempt.captured_amount, attempt.captured_currency):
            differences.append(
                _differs(DifferenceKind.AMOUNT_DIFFERS, attempt, said.amount, f"taken in {said.currency}")
            )
    return differences


def _differs(kind: DifferenceKind, attempt: PaymentAttempt, there: int, detail: str) -> Difference:
    return Difference(
        kind,
        attempt.provider,
        attempt.order_id,
        here=attempt.captured_amount,
        there=there,
        currency=attempt.captured_currency or attempt.currency,
        detail=detail,
    )
