"""Taking what a customer agreed to, where the shop takes it: our gate, then the provider, then its answer (a flow)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, OrderStatus, PaymentAttempt
from db.session import Database
from shop.clock import Clock
from shop.payments import alerts
from shop.payments.deadline import latest
from shop.payments.gate import must_be_payable
from shop.payments.rows import changed, find_attempt, lock_order, reread_attempt
from shop.payments.settle import NOT_DECIDED, hold_longer
from shop.policy import Policy
from shop.ports import Captures, EventKind, Provider, ProviderEvent
from shop.refusals import AmountMismatch, BeingPaid, Refusal

NOT_TAKEN = "not_taken"  # the customer's words for a yes that came too late
CHOOSE_AGAIN = "choose_again"  # and for one whose card or account was declined

_THIS = update(PaymentAttempt).where(PaymentAttempt.id == bindparam("attempt"), PaymentAttempt.state.in_(NOT_DECIDED))
_AGREE = _THIS.where(PaymentAttempt.approved_at.is_(None)).values(
    approved_at=bindparam("now"), updated_at=bindparam("now")
)
_ASK_AGAIN = _THIS.values(approved_at=None, updated_at=bindparam("now"))
_END = _THIS.values(state=AttemptState.EXPIRED, failure=bindparam("why"), updated_at=bindparam("now"))


async def carry_on(
    db: Database, providers: Mapping[str, Provider], event: ProviderEvent, *, clock: Clock, policy: Policy
) -> ProviderEvent | None:
    """What a customer's yes comes to when the money is asked for; every other event as it is.

    None: nothing is decided, or nothing was taken and that is written down. Raises ProviderError; the next look at the
    payment finds out what came of it, and asks with the same key.
    """
    provider: object = providers.get(event.provider)
    if event.kind is not EventKind.APPROVED:
        return event
    if not isinstance(provider, Captures) or event.reference is None:
        return None
    key = await db.transact(partial(_agree, event=event, policy=policy, now=clock.now()))
    if key is None:
        return None
    answer = await provider.capture(event.reference, key)
    if answer is None:
        await db.transact(partial(_choose_again, event=event, now=clock.now()))
    return answer


async def _agree(session: AsyncSession, *, event: ProviderEvent, policy: Policy, now: datetime) -> str | None:
    """Agree to exactly this charge and hold the stock for it; the key to ask with. None: the order cannot be paid so.

    The key is the same until the provider said no to it, so that whoever asks again after a crash asks for one charge.
    """
    found = await find_attempt(session, event)
    order = await lock_order(session, found.order_id) if found is not None else None
    if found is None or order is None:
        return None
    attempt = await reread_attempt(session, found.id)
    if attempt.state is AttemptState.PAID:
        return None
    try:
        await must_be_payable(session, order, attempt, now=now)
        if (attempt.amount, attempt.currency) != (order.due, order.currency):
            raise AmountMismatch(order_id=order.id)
    except BeingPaid:
        return None  # another payment of the order is on its way: when it is decided, so is this one
    except Refusal as refusal:
        await _refuse(session, order, attempt, refusal, now=now)
        return None
    await hold_longer(session, order, min(now + policy.checkout_extension, latest(order, policy)), now=now)
    await changed(session, _AGREE, {"attempt": attempt.id, "now": now})
    attempt = await reread_attempt(session, attempt.id)
    agreed = attempt.approved_at or now
    return f"{attempt.idempotency_key}-{int(agreed.timestamp())}"


async def _refuse(
    session: AsyncSession, order: Order, attempt: PaymentAttempt, refusal: Refusal, *, now: datetime
) -> None:
    """Nothing is taken: the payment ends here, and the customer, who was told yes by the provider, hears why."""
    await changed(session, _END, {"attempt": attempt.id, "why": type(refusal).__name__, "now": now})
    amount, currency = attempt.amount, attempt.currency
    await alerts.tell_customer(
        session, order, NOT_TAKEN, amount=amount, currency=currency, key=str(attempt.id), now=now
    )


async def _choose_again(session: AsyncSession, *, event: ProviderEvent, now: datetime) -> None:
    """Their card or account was declined: the page is still open, and the next yes is asked for with another key."""
    found = await find_attempt(session, event)
    order = await lock_order(session, found.order_id) if found is not None else None
    if found is None or order is None:
        return
    attempt = await reread_attempt(session, found.id)
    agreed = attempt.approved_at
    if not await changed(session, _ASK_AGAIN, {"attempt": attempt.id, "now": now}) or agreed is None:
        return
    if order.status is OrderStatus.PENDING:
        key, amount, currency = f"{attempt.id}:{int(agreed.timestamp())}", attempt.amount, attempt.currency
        await alerts.tell_customer(session, order, CHOOSE_AGAIN, amount=amount, currency=currency, key=key, now=now)
