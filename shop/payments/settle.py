"""THE one function that takes what a provider said and makes it true here, whichever way and however often it came."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, OrderStatus, PaymentAttempt
from shop.notifications.operators import tell_operators
from shop.payments import alerts, captures, disputes, months, returns
from shop.payments.rows import changed, find_attempt, lock_order, reread_attempt
from shop.policy import Policy
from shop.ports import EventKind, ProviderEvent

NOT_DECIDED = (AttemptState.CREATED, AttemptState.OPEN)

_HOLD_LONGER = (
    update(Order)
    .where(Order.id == bindparam("order"), Order.status == OrderStatus.PENDING)
    .values(expires_at=bindparam("until"), updated_at=bindparam("now"))
)
_HEARD = (  # an agreed charge of which nothing was heard is worth a look: this one was heard of
    update(PaymentAttempt)
    .where(PaymentAttempt.id == bindparam("attempt"), PaymentAttempt.state.in_(NOT_DECIDED))
    .values(approved_at=None, updated_at=bindparam("now"))
)


class Outcome(StrEnum):
    """What an event came to."""

    PAID = "paid"  # the order goes on
    REFUNDING = "refunding"  # the money cannot be kept: a refund is written down
    ALREADY = "already"  # nothing new
    NOTED = "noted"  # written down, nothing else to do
    UNKNOWN = "unknown"  # no attempt of ours


class Settlement(Struct, frozen=True):
    """The outcome, the order it concerns, the problem when money could not be kept, and how much came."""

    outcome: Outcome
    order_id: int | None = None
    problem: str | None = None
    amount: int = 0  # in minor units of `currency`
    currency: str = ""


async def settle(session: AsyncSession, event: ProviderEvent, *, policy: Policy, now: datetime) -> Settlement:
    """Apply one event; safe to call again, at the same time, and in any order.

    1. Find the attempt; lock its order, then the attempt: every writer of this order's money queues here.
    2. Money taken is always recorded on an attempt, once per charge, before anything is decided about it.
    3. Money that cannot be kept becomes a refund row in this same transaction; a worker asks the provider later.
    """
    found = await find_attempt(session, event)
    if found is None:
        return await _unknown(session, event, policy=policy, now=now)
    order = await lock_order(session, found.order_id, with_items=True)
    if order is None:
        return Settlement(Outcome.UNKNOWN)
    attempt = await reread_attempt(session, found.id)
    if event.kind is EventKind.APPROVED:  # no money moved; who looks at it asks for the money: see capturing
        return Settlement(Outcome.NOTED, order.id)
    if event.kind is EventKind.PAID:
        return await _take(session, order, attempt, event, policy=policy, now=now)
    if event.kind in {EventKind.FAILED, EventKind.EXPIRED, EventKind.PENDING}:
        return await _note_unpaid(session, order, attempt, event, policy=policy, now=now)
    if event.kind in {EventKind.REFUNDED, EventKind.REFUND_FAILED}:
        news = await returns.note(session, order, attempt, event, policy=policy, now=now)
    else:
        news = await disputes.note(session, order, attempt, event, policy=policy, now=now)
    return Settlement(Outcome.NOTED if news else Outcome.ALREADY, order.id)


async def _take(
    session: AsyncSession, order: Order, attempt: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> Settlement:
    renewal = await months.renewal_of(session, order, attempt, event, now=now)
    if renewal is not None:
        order, attempt = renewal
        event = replace(event, reference=None)  # it names the first month's
    charge = await captures.record(session, order, attempt, event, now=now)
    if charge is None:
        return Settlement(Outcome.ALREADY, order.id)
    problem = await captures.keep_or_return(session, order, charge, event, policy=policy, now=now)
    await months.note(session, order, charge, event, problem, now=now)
    outcome = Outcome.PAID if problem is None else Outcome.REFUNDING
    return Settlement(outcome, order.id, problem, event.amount, event.currency)


async def _note_unpaid(
    session: AsyncSession, order: Order, attempt: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> Settlement:
    if attempt.reference is None and event.reference:
        attempt.reference = event.reference
        await session.flush()
    if event.kind is EventKind.PENDING:
        await changed(session, _HEARD, {"attempt": attempt.id, "now": now})
        # money is under way, which no customer can bring about by tapping: a bank takes days, past any deadline
        await hold_longer(session, order, now + policy.manual_hold, now=now)
        return Settlement(Outcome.NOTED, order.id)
    state = AttemptState.FAILED if event.kind is EventKind.FAILED else AttemptState.EXPIRED
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt.id, PaymentAttempt.state.in_(NOT_DECIDED))
    if not await changed(
        session, mine.values(state=state, failure=event.note[:255] or None, approved_at=None, updated_at=now)
    ):
        return Settlement(Outcome.ALREADY, order.id)
    if state is AttemptState.FAILED and order.status is OrderStatus.PENDING:
        amount, currency = attempt.amount, attempt.currency
        await alerts.tell_customer(
            session, order, "payment_failed", amount=amount, currency=currency, key=str(attempt.id), now=now
        )
    return Settlement(Outcome.NOTED, order.id)


async def hold_longer(session: AsyncSession, order: Order, until: datetime, *, now: datetime) -> None:
    """Keep the stock of a locked pending order held at least until then."""
    if order.expires_at is not None and order.expires_at >= until:
        return
    await changed(session, _HOLD_LONGER, {"order": order.id, "until": until, "now": now})


async def _unknown(session: AsyncSession, event: ProviderEvent, *, policy: Policy, now: datetime) -> Settlement:
    if event.kind is EventKind.PAID and event.payload:
        await tell_operators(
            session,
            "unknown_charge",
            policy=policy,
            seller_id=None,
            key=f"{event.provider}:{event.charge_id or event.payload}"[:64],
            now=now,
            provider=event.provider,
            charge=event.charge_id or event.payload,
            amount=event.amount,
            currency=event.currency,
        )
    return Settlement(Outcome.UNKNOWN, amount=event.amount, currency=event.currency)
