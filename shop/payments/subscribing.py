"""What becomes of subscriptions: cancelled, let go on, reminded of, ended, and Telegram told of all that (flows)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Protocol, runtime_checkable

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import PaymentAttempt, Subscription, SubscriptionState, User
from db.session import Database, is_away
from shop.clock import Clock
from shop.notifications.operators import tell_operators
from shop.notifications.outbox import enqueue
from shop.payments.putting_back import put_back_all
from shop.payments.rows import changed, lock_order
from shop.policy import Policy
from shop.ports import Provider, ProviderError
from shop.refusals import Conflict
from shop.subscriptions import reading, rule, wishes
from shop.subscriptions.stopping import stop

log = structlog.get_logger()

TRIES_BEFORE_ALARM = 5
BATCH = 100
_LASTS = Subscription.state != SubscriptionState.ENDED


@runtime_checkable
class Subscribes(Protocol):
    """A provider that charges every month, and is told when it shall not."""

    name: str

    async def renew(self, telegram_id: int, charge_id: str, *, renew: bool) -> None:
        """Charge no more, or let the person go on themselves; safe to say again. Raises ProviderError."""
        ...


async def cancel(session: AsyncSession, user: User, subscription_id: int, *, now: datetime) -> None:
    """Its person wants it charged no more; what is paid stays theirs. Done twice, it is done once. Raises NotFound."""
    one = (await reading.get_of(session, user, subscription_id)).row
    if rule.may_be_cancelled(one):
        active = (Subscription.id == one.id, Subscription.state == SubscriptionState.ACTIVE)
        await stop(session, *active, by=rule.CUSTOMER, now=now)


async def take_back(session: AsyncSession, user: User, subscription_id: int, *, now: datetime) -> None:
    """Its person wants it to go on: Telegram lets them say so there. Raises NotFound, Conflict (it is too late)."""
    one = (await reading.get_of(session, user, subscription_id)).row
    if one.state is SubscriptionState.ACTIVE:
        return
    if not rule.may_go_on(one, now):
        raise Conflict
    if one.stopped_by != rule.CUSTOMER:
        return
    mine = update(Subscription).where(Subscription.id == one.id, Subscription.stopped_by == rule.CUSTOMER)
    values = {"stopped_by": rule.TELEGRAM, "wish": rule.ALLOW, "tries": 0, "run_at": now, "updated_at": now}
    await changed(session, mine.values(values))


async def hear(session: AsyncSession, *, payload: str, telegram_id: int, state: str, now: datetime) -> None:
    """What Telegram says that a person did there, or that they had too few Stars for another month."""
    query = (
        select(Subscription)
        .join(User, User.id == Subscription.user_id)
        .where(Subscription.payload == payload, User.telegram_id == telegram_id)
    )
    one = await session.scalar(query.with_for_update(of=Subscription).execution_options(populate_existing=True))
    if one is None or one.state is SubscriptionState.ENDED:
        return
    if state == "active":
        if not rule.is_wanted(one):
            await stop(session, Subscription.id == one.id, by=one.stopped_by or rule.SHOP, now=now)
            if one.wish is None:  # it was told before, and is told once more
                one.wish, one.run_at = rule.STOP, now
        else:
            one.state, one.stopped_by, one.wish, one.run_at = SubscriptionState.ACTIVE, None, None, None
    elif state in {"canceled", "failed"} and one.stopped_by is None:
        one.state = SubscriptionState.CANCELLED
        one.stopped_by = rule.TELEGRAM if state == "canceled" else rule.UNPAID
    one.updated_at = now
    await session.flush()


async def follow(db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy) -> None:
    """All that time and people bring about: what Telegram is to be told, reminders, and ends."""
    await tell_telegram(db, providers, clock, policy)
    await remind(db, clock)
    await end_over(db, clock)


async def tell_telegram(
    db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy, *, limit: int = BATCH
) -> int:
    """Tell Telegram what waits to be told, the oldest first; how many were worked on."""
    async with db.read() as session:
        due = await wishes.due(session, now=clock.now(), limit=limit)
    for subscription_id in due:
        await tell_one(db, providers, subscription_id, clock=clock, policy=policy)
    return len(due)


async def tell_one(
    db: Database, providers: Mapping[str, Provider], subscription_id: int, *, clock: Clock, policy: Policy
) -> None:
    """Tell Telegram what is wished of one subscription, if that is due and nobody else does."""
    told = await db.transact(lambda session: wishes.claim(session, subscription_id, now=clock.now()))
    if told is None:
        return
    try:
        await _tell(db, providers, told)
    except ProviderError as error:
        if not error.permanent:
            await db.transact(partial(_later, told=told, why=str(error), policy=policy, now=clock.now()))
            return
        # there is nothing to be stopped there any more
        log.warning("subscription_not_known_there", subscription=told.id, wish=told.wish, why=str(error))
    except Exception as error:
        if is_away(error):
            raise
        log.exception("subscription_not_told", subscription=told.id)
        await db.transact(partial(_later, told=told, why=type(error).__name__, policy=policy, now=clock.now()))
        return
    await db.transact(partial(_told, told=told, now=clock.now()))


async def remind(db: Database, clock: Clock, *, limit: int = BATCH) -> None:
    """Say before the end of what was cancelled until when it lasts; once for each end."""
    now = clock.now()
    soon = (
        Subscription.state == SubscriptionState.CANCELLED,
        Subscription.paid_until > now,
        Subscription.paid_until <= now + rule.REMIND_BEFORE,
        Subscription.reminded_until.is_distinct_from(Subscription.paid_until),
    )
    query = select(Subscription).where(*soon).order_by(Subscription.paid_until, Subscription.id).limit(limit)
    async with db.read() as session:
        rows = list(await session.scalars(query))
    for row in rows:
        await db.transact(partial(_remind, row=row, now=now))


async def end_over(db: Database, clock: Clock, *, limit: int = BATCH) -> int:
    """End what is paid no more: its goods are shown no longer, and its person is told; how many ended."""
    now = clock.now()
    over = (Subscription.state == SubscriptionState.CANCELLED) & (Subscription.paid_until <= now)
    unheard = (Subscription.state == SubscriptionState.ACTIVE) & (Subscription.paid_until <= now - rule.GRACE)
    ended = 0
    for which in (over, unheard):
        async with db.read() as session:
            query = select(Subscription).where(which).order_by(Subscription.paid_until, Subscription.id)
            rows = list(await session.scalars(query.limit(limit)))
        for row in rows:
            ended += await db.transact(partial(_end, row=row, now=now))
    return ended


async def _tell(db: Database, providers: Mapping[str, Provider], told: wishes.Wished) -> None:
    async with db.read() as session:
        name = await session.scalar(select(PaymentAttempt.provider).where(PaymentAttempt.charge_id == told.charge_id))
    provider: object = providers.get(name or "")
    if told.telegram_id is None or not isinstance(provider, Subscribes):
        raise ProviderError("there is nobody to be told", permanent=True)
    await provider.renew(told.telegram_id, told.charge_id, renew=told.wish == rule.ALLOW)


async def _told(session: AsyncSession, *, told: wishes.Wished, now: datetime) -> None:
    row = await session.get_one(Subscription, told.id, populate_existing=True)
    if not await wishes.done(session, told, now=now):
        return
    if told.wish == rule.STOP and row.stopped_by == rule.SHOP and row.paid_until > now:
        await _say(session, row, "subscription_stopped", now=now)


async def _later(session: AsyncSession, *, told: wishes.Wished, why: str, policy: Policy, now: datetime) -> None:
    tried = await wishes.later(session, told, now=now)
    if tried >= TRIES_BEFORE_ALARM and told.wish == rule.STOP:
        row = await session.get_one(Subscription, told.id)
        await tell_operators(
            session,
            "subscription_stuck",
            policy=policy,
            seller_id=row.owner_id,
            key=str(told.id),
            now=now,
            order_id=row.order_id,
            amount=row.price,
            currency="XTR",
            why=why[:255],
        )


async def _remind(session: AsyncSession, *, row: Subscription, now: datetime) -> None:
    mine = update(Subscription).where(
        Subscription.id == row.id,
        Subscription.state == SubscriptionState.CANCELLED,
        Subscription.paid_until == row.paid_until,
    )
    if await changed(session, mine.values(reminded_until=row.paid_until)):
        await _say(session, row, "subscription_ending", now=now)


async def _end(session: AsyncSession, *, row: Subscription, now: datetime) -> int:
    order = await lock_order(session, row.order_id, with_items=True)
    same = update(Subscription).where(Subscription.id == row.id, _LASTS, Subscription.paid_until == row.paid_until)
    if not await changed(session, same.values(state=SubscriptionState.ENDED, updated_at=now)):
        return 0
    if order is not None:
        await put_back_all(session, order, actor="system:subscriptions", now=now)
    await _say(session, row, "subscription_ended", now=now)
    return 1


async def _say(session: AsyncSession, row: Subscription, kind: str, *, now: datetime) -> None:
    await enqueue(
        session,
        user_id=row.user_id,
        kind=kind,
        data={"subscription_id": row.id, "order_id": row.order_id, "until": int(row.paid_until.timestamp())},
        dedupe_key=f"{kind}:{row.id}:{int(row.paid_until.timestamp())}",
        now=now,
    )
