"""Asking a provider how a payment stands: after the customer came back, and for payments that never spoke (a flow)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, PaymentAttempt
from db.session import Database
from shop.clock import Clock
from shop.payments import capturing, inbox
from shop.payments.rows import changed
from shop.payments.settle import NOT_DECIDED, Settlement
from shop.policy import Policy
from shop.ports import PaymentPage, Provider
from shop.refusals import NotFound

_OPEN_ONE = (
    select(PaymentAttempt.id)
    .where(
        PaymentAttempt.order_id == bindparam("order"),
        PaymentAttempt.provider == bindparam("provider"),
        PaymentAttempt.state == AttemptState.OPEN,
    )
    .limit(1)
)
_OPEN_PAGE = (
    select(PaymentAttempt)
    .where(
        PaymentAttempt.order_id == bindparam("order"),
        PaymentAttempt.state == AttemptState.OPEN,
        PaymentAttempt.page_url.is_not(None),
        PaymentAttempt.expires_at > bindparam("now"),
    )
    .order_by(PaymentAttempt.id.desc())
    .limit(1)
)


async def order_of(db: Database, payload: str, user_id: int) -> int:
    """The order that a payment of this person was for, by our name for the payment. Raises NotFound."""
    query = (
        select(Order.id)
        .join(PaymentAttempt, PaymentAttempt.order_id == Order.id)
        .where(PaymentAttempt.idempotency_key == payload, Order.user_id == user_id)
    )
    async with db.read() as session:
        order_id = await session.scalar(query)
    if order_id is None:
        raise NotFound
    return order_id


async def is_open(session: AsyncSession, order_id: int, method: str) -> bool:
    """Whether the order waits for money this way: opened, and not decided yet. One statement."""
    return await session.scalar(_OPEN_ONE, {"order": order_id, "provider": method}) is not None


async def open_page(session: AsyncSession, order_id: int, *, now: datetime) -> PaymentPage | None:
    """The page on which the order can be paid now. One statement."""
    attempt = await session.scalar(_OPEN_PAGE, {"order": order_id, "now": now})
    if attempt is None or not (attempt.page_url and attempt.reference and attempt.expires_at):
        return None
    return PaymentPage(attempt.reference, attempt.page_url, attempt.expires_at)


async def check_order(
    db: Database, providers: Mapping[str, Provider], order_id: int, *, clock: Clock, policy: Policy
) -> list[Settlement]:
    """Ask about every open payment of an order and settle what is known. Raises ProviderError."""
    open_ones = select(PaymentAttempt.id).where(
        PaymentAttempt.order_id == order_id, PaymentAttempt.state.in_(NOT_DECIDED)
    )
    async with db.read() as session:
        attempts = list(await session.scalars(open_ones.order_by(PaymentAttempt.id)))
    found = [await check_attempt(db, providers, attempt, clock=clock, policy=policy) for attempt in attempts]
    return [settlement for settlement in found if settlement is not None]


async def check_attempt(
    db: Database, providers: Mapping[str, Provider], attempt_id: int, *, clock: Clock, policy: Policy
) -> Settlement | None:
    """Ask about one attempt and settle the answer; None while nothing is decided. Raises ProviderError."""
    async with db.read() as session:
        attempt = await session.get_one(PaymentAttempt, attempt_id)
    provider = providers.get(attempt.provider)
    if provider is None or attempt.reference is None:
        return None
    event = await provider.look_up(attempt.reference)
    if event is not None:
        event = await capturing.carry_on(db, providers, event, clock=clock, policy=policy)
    if event is None:
        mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt_id)
        await db.transact(lambda session: changed(session, mine.values(checked_at=clock.now())))
        return None
    return await inbox.take_in(db, event, clock=clock, policy=policy)
