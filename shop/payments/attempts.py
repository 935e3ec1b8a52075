"""Opening a payment: the attempt is written down, then the provider is asked, then its answer is written (a flow)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, OrderStatus, PaymentAttempt
from db.session import Database
from shop.clock import Clock
from shop.orders.news import tell_seller
from shop.orders.quotes import must_be_agreed
from shop.orders.refusals import wrong_status
from shop.payments import keys, requests
from shop.payments.closing import close_attempts, is_open_elsewhere
from shop.payments.deadline import hold_until, must_not_be_tried_too_often
from shop.payments.gate import must_not_be_paid_elsewhere
from shop.payments.methods import choose
from shop.payments.requests import Asking
from shop.payments.rows import changed, lock_order, summary_of
from shop.payments.settle import hold_longer
from shop.policy import Policy
from shop.ports import AttemptRequest, Instructions, KeyRefused, Opening, PaymentPage, Provider, ProviderError
from shop.refusals import AlreadyPaid, NotFound, OrderExpired, ProviderUnavailable

WORTH_SHOWING = timedelta(minutes=2)  # a page that closes sooner is not given out again
NOT_DECIDED = (AttemptState.CREATED, AttemptState.OPEN)

# built once: building one costs more than running it
_THIS = update(PaymentAttempt).where(PaymentAttempt.id == bindparam("attempt"))
_NAME = _THIS.where(PaymentAttempt.reference.is_(None)).values(
    reference=bindparam("name"), page_url=bindparam("page"), updated_at=bindparam("now")
)
_OPEN = _THIS.where(PaymentAttempt.state == AttemptState.CREATED).values(
    state=AttemptState.OPEN, failure=None, updated_at=bindparam("now")
)
_NAME_AND_OPEN = _NAME.where(PaymentAttempt.state == AttemptState.CREATED).values(state=AttemptState.OPEN, failure=None)
_ATTEMPT = (
    select(PaymentAttempt).where(PaymentAttempt.id == bindparam("attempt")).execution_options(populate_existing=True)
)
_PAID_BY = (
    update(Order)
    .where(Order.id == bindparam("order"))
    .values(payment_method=bindparam("method"), updated_at=bindparam("now"))
)


_WORTH_SHOWING = (
    select(PaymentAttempt)
    .where(
        PaymentAttempt.order_id == bindparam("order"),
        PaymentAttempt.provider == bindparam("provider"),
        PaymentAttempt.state.in_(NOT_DECIDED),
        PaymentAttempt.expires_at > bindparam("soon"),
    )
    .order_by(PaymentAttempt.id.desc())
)


class _Prepared(Struct, frozen=True):
    attempt_id: int
    request: AttemptRequest
    page: PaymentPage | None
    reused: bool


async def open_payment(
    db: Database,
    providers: Mapping[str, Provider],
    method: str,
    order_id: int,
    asking: Asking,
    *,
    policy: Policy,
    clock: Clock,
) -> tuple[PaymentAttempt, Opening]:
    """Open (or show again) the one live payment of this order with this method; its stock is held for as long.

    Raises NotFound, WrongStatus, AlreadyPaid, BeingPaid, OrderExpired, PaymentMethodNotOffered, AddressNeeded,
    TooLateToSwitch, TooManyAttempts, ProviderUnavailable, PriceAwaited.
    """
    if await is_open_elsewhere(db, order_id, method):
        may = partial(_may_be_switched, order_id=order_id, provider=providers.get(method), policy=policy)
        await db.transact(partial(may, now=clock.now()))
        if await close_attempts(db, providers, order_id, policy=policy, clock=clock, keep=method):
            raise AlreadyPaid(order_id=order_id)
    fresh = False
    while True:
        prepared = await _prepare_in(db, providers, method, order_id, asking, policy=policy, clock=clock, fresh=fresh)
        answer = prepared.page or await _ask(providers[method], prepared.request)
        if not isinstance(answer, ProviderError):
            break
        await db.transact(partial(_note_refusal, attempt_id=prepared.attempt_id, error=answer, now=clock.now()))
        await keys.mind(db, method, answer, clock=clock, policy=policy)
        if not (prepared.reused and (answer.permanent or answer.unknown)):
            raise ProviderUnavailable(provider=method, broken=isinstance(answer, KeyRefused)) from answer
        # What was asked before can be refused now (a page that would close too soon), and a failure can be repeated
        # for a day under its key. Nobody has seen that page: ask anew, once.
        fresh = True
    attempt = await db.transact(partial(note_opening, attempt_id=prepared.attempt_id, opening=answer, now=clock.now()))
    return attempt, answer


async def note_opening(session: AsyncSession, *, attempt_id: int, opening: Opening, now: datetime) -> PaymentAttempt:
    """Write down how the provider names the payment; an attempt that was paid meanwhile stays paid.

    Where people pay by hand the order is complete now, with its address: its seller hears of it, once.
    """
    page = opening.url if isinstance(opening, PaymentPage) else None
    named = {"attempt": attempt_id, "name": opening.reference, "page": page, "now": now}
    if not await changed(session, _NAME_AND_OPEN, named):
        await changed(session, _NAME, named)
        await changed(session, _OPEN, {"attempt": attempt_id, "now": now})
    attempt = (await session.scalars(_ATTEMPT, {"attempt": attempt_id})).one()
    if isinstance(opening, Instructions):
        owner_id = (await session.scalars(select(Order.owner_id).where(Order.id == attempt.order_id))).one()
        await tell_seller(session, attempt.order_id, owner_id, now=now)
    return attempt


async def _prepare_in(
    db: Database,
    providers: Mapping[str, Provider],
    method: str,
    order_id: int,
    asking: Asking,
    *,
    policy: Policy,
    clock: Clock,
    fresh: bool,
) -> _Prepared:
    async def work(session: AsyncSession) -> _Prepared:
        now = clock.now()
        order = await _payable(session, order_id, asking, now=now)
        provider = choose(providers, requests.facts(order), method, off=policy.ways_off)
        found = None if fresh else await _reusable(session, order, provider, now=now)
        if found is not None:
            return found
        until = hold_until(order, provider, policy=policy, now=now)
        await must_not_be_tried_too_often(session, order)
        await hold_longer(session, order, until, now=now)
        if order.payment_method != method:
            await changed(session, _PAID_BY, {"order": order.id, "method": method, "now": now})
        (await summary_of(session, order, now=now)).payment_method = method
        request = requests.describe(
            order, provider, asking, policy=policy, expires_at=min(now + provider.lifetime, until)
        )
        return _Prepared(await _write(session, order, provider, request, now=now), request, None, reused=False)

    return await db.transact(work)


async def _may_be_switched(
    session: AsyncSession, *, order_id: int, provider: Provider | None, policy: Policy, now: datetime
) -> None:
    """Before other payments are closed: there must be room for this one, and none that was just approved.

    An approved one may be charging, and cannot be called back.
    """
    order = await lock_order(session, order_id)
    if order is None or provider is None:
        return
    await must_not_be_paid_elsewhere(session, order, PaymentAttempt.provider != provider.name, now=now)
    if order.status is OrderStatus.PENDING:
        hold_until(order, provider, policy=policy, now=now)
        await must_not_be_tried_too_often(session, order)


async def _payable(session: AsyncSession, order_id: int, asking: Asking, *, now: datetime) -> Order:
    order = await lock_order(session, order_id, with_items=True)
    if order is None or order.user_id != asking.user_id:
        raise NotFound
    if order.status is not OrderStatus.PENDING:
        if (await summary_of(session, order, now=now)).payment_date is not None:
            raise AlreadyPaid(order_id=order.id)
        raise wrong_status(order, OrderStatus.PROCESSING, by_customer=True)
    if order.expires_at is not None and order.expires_at <= now:
        raise OrderExpired(order_id=order.id)
    must_be_agreed(order)
    return order


async def _reusable(session: AsyncSession, order: Order, provider: Provider, *, now: datetime) -> _Prepared | None:
    named = {"order": order.id, "provider": provider.name, "soon": now + WORTH_SHOWING}
    for attempt in await session.scalars(_WORTH_SHOWING, named):
        request = requests.read(attempt.request)
        asked = order.due - (order.shipping if request.needs_address else 0)
        if request.total != asked or (request.needs_address and order.address is not None):
            continue
        page = None
        if attempt.page_url and attempt.reference and attempt.expires_at:
            page = PaymentPage(attempt.reference, attempt.page_url, attempt.expires_at)
        return _Prepared(attempt.id, request, page, reused=True)
    return None


async def _write(
    session: AsyncSession, order: Order, provider: Provider, request: AttemptRequest, *, now: datetime
) -> int:
    attempt = PaymentAttempt(
        order_id=order.id,
        provider=provider.name,
        idempotency_key=request.payload,
        state=AttemptState.CREATED,
        amount=request.total,
        currency=request.currency,
        captured_amount=0,
        refunded_amount=0,
        request=requests.write(request),
        expires_at=request.expires_at,
        created_at=now,
        updated_at=now,
    )
    session.add(attempt)
    await session.flush()
    return attempt.id


async def _ask(provider: Provider, request: AttemptRequest) -> Opening | ProviderError:
    try:
        return await provider.open(request)
    except ProviderError as error:
        return error


async def _note_refusal(session: AsyncSession, *, attempt_id: int, error: ProviderError, now: datetime) -> None:
    values: dict[str, object] = {"failure": str(error)[:255], "updated_at": now}
    if error.permanent:
        values["state"] = AttemptState.FAILED
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt_id, PaymentAttempt.state.in_(NOT_DECIDED))
    await changed(session, mine.values(values))
