"""The money of a return: what its pieces cost after the discount, given back once, or not at all (a flow)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, Refund, Return
from db.session import Database
from shop.clock import Clock
from shop.forms.writing import clean
from shop.orders import moves
from shop.payments import giving
from shop.payments.giving import Wish
from shop.payments.line_refunds import lines_left
from shop.payments.refunds import RefundNews, execute
from shop.payments.rows import lock_order, summary_of
from shop.people.permissions import Acting, By, Permission, ask
from shop.policy import Policy
from shop.ports import Provider
from shop.refusals import CannotRead, NotFound, NothingToRefund
from shop.returns import moving, reading, rule
from shop.returns.refusals import ReturnMoved

REASON = "returned"


class Worth(Struct, frozen=True):
    """What may go back for a return, in minor units of the order's currency.

    `pieces` is what they cost after the discount, as far as it was not given back before; `everything` is all that is
    left of the order's money, with its shipping. `whole_only`: this way to pay gives back everything or nothing.
    """

    pieces: int
    everything: int
    whole_only: bool = False


class Paid(Struct, frozen=True):
    """How it went: the return as it stands now, and each refund of it."""

    row: Return
    news: Sequence[RefundNews]


async def weigh(session: AsyncSession, row: Return, providers: Mapping[str, Provider]) -> Worth:
    """What may go back now for a return that was read whole. One statement."""
    return await _worth(session, row, row.order, row.order.payment, providers)


async def give_back(
    db: Database,
    providers: Mapping[str, Provider],
    by: By,
    return_id: int,
    *,
    amount: int | None,
    clock: Clock,
    policy: Policy,
) -> Paid:
    """Give money of a return back, by the refunds of its order; `amount` in minor units, None: what its pieces cost.

    That it was decided and the refunds are one transaction: whoever dies after it leaves refunds that the schedule
    makes, whoever dies before it left nothing. Said again, it is the same refund.
    Raises NotFound, ReturnMoved, NothingToRefund, RefundTooLarge, RefundWholeOnly, UnderDispute.
    """

    async def write(session: AsyncSession) -> list[int]:
        rows = await decide(session, by, return_id, amount=amount, providers=providers, policy=policy, now=clock.now())
        return [row.id for row in rows]

    decided = await db.transact(write)
    news = [await execute(db, providers, refund_id, clock=clock, policy=policy) for refund_id in decided]
    async with db.read() as session:
        return Paid(await reading.get_for_owner(session, by, return_id), news)


async def decide(
    session: AsyncSession,
    by: By,
    return_id: int,
    *,
    amount: int | None,
    providers: Mapping[str, Provider],
    policy: Policy,
    now: datetime,
) -> list[Refund]:
    """Write the refunds of a return down, a line each so that none is given back twice; the return is done."""
    acting = ask(by, Permission.MONEY)
    row = await reading.get_for_owner(session, acting, return_id)
    order = await lock_order(session, row.order_id, with_items=True)
    if order is None:
        raise NotFound(return_id=return_id)
    await session.refresh(row, ["status"])
    if row.status is not rule.RECEIVED:
        raise ReturnMoved(return_id=row.id, status=row.status.value)
    refunds: list[Refund] = []
    for wish in await _wishes(session, row, order, acting, amount, providers, now=now):
        refunds += await giving.decide(session, wish, providers, now=now)
    total = sum(one.amount for one in refunds)
    await moving.move(
        session,
        row,
        order,
        rule.REFUNDED,
        from_=(rule.RECEIVED,),
        actor=moves.actor_on(acting, order),
        amount=total,
        policy=policy,
        now=now,
    )
    data = {"return": [rule.RECEIVED.value, rule.REFUNDED.value], "refunded": [0, total], "currency": order.currency}
    moves.note(session, acting, order, "return.refunded", data, now)
    return refunds


async def close(session: AsyncSession, by: By, return_id: int, word: str, *, policy: Policy, now: datetime) -> Return:
    """End a return whose goods came without money, and say why. Raises NotFound, CannotRead, ReturnMoved."""
    acting = ask(by, Permission.MONEY)
    text = clean(word)[: rule.WORDS]
    if not text:
        raise CannotRead(field="reason", given="", hint="empty")
    row = await reading.get_for_owner(session, acting, return_id)
    await moving.move(
        session,
        row,
        row.order,
        rule.CLOSED,
        from_=(rule.RECEIVED,),
        actor=moves.actor_on(acting, row.order),
        text=text,
        policy=policy,
        now=now,
    )
    data = {"return": [rule.RECEIVED.value, rule.CLOSED.value], "note": ["", text]}
    moves.note(session, acting, row.order, "return.closed", data, now)
    return await reading.get_for_owner(session, acting, return_id)


async def _wishes(
    session: AsyncSession,
    row: Return,
    order: Order,
    acting: Acting,
    amount: int | None,
    providers: Mapping[str, Provider],
    *,
    now: datetime,
) -> list[Wish]:
    """What the refunds are asked for: line by line where that is what goes back, else one amount."""
    worth = await _worth(session, row, order, await summary_of(session, order, now=now), providers)
    wish = Wish.of(acting, order.id, reason=REASON, key=f"return:{row.id}")
    if amount is not None and amount == worth.everything:
        return [wish]
    if amount is not None and amount != worth.pieces:
        return [Wish.of(acting, order.id, amount=amount, reason=REASON, key=f"return:{row.id}")]
    if not worth.pieces:
        raise NothingToRefund(order_id=order.id)
    lines = await _lines(session, row, order)
    if sum(cost for _, _, cost in lines) != worth.pieces:  # amounts went back before, and not all of it is left
        return [Wish.of(acting, order.id, amount=worth.pieces, reason=REASON, key=f"return:{row.id}")]
    return [replace(wish, key=f"{wish.key}:{item_id}", item_id=item_id, units=units) for item_id, units, _ in lines]


async def _worth(
    session: AsyncSession, row: Return, order: Order, money: Payment | None, providers: Mapping[str, Provider]
) -> Worth:
    everything = money.amount - money.refunded_amount if money is not None else 0
    pieces = min(sum(cost for _, _, cost in await _lines(session, row, order)), everything)
    provider = providers.get(order.payment_method or "")
    whole_only = provider is not None and not provider.partial_refunds
    return Worth(pieces, everything, whole_only)


async def _lines(session: AsyncSession, row: Return, order: Order) -> list[tuple[int, int, int]]:
    """Line, pieces and what they cost: those of the return that no refund paid back before."""
    left = {one.item.id: one for one in await lines_left(session, order)}
    found = []
    for line in row.lines:
        one = left.get(line.item_id)
        units = min(line.quantity, one.units) if one is not None else 0
        if one is not None and units and one.worth(units):
            found.append((line.item_id, units, one.worth(units)))
    return found
