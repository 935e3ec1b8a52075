"""What came back in the demo's past: a return in each of its states, of orders that the story tells of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, OrderStatus, RefundState, ReturnReason, ReturnStatus, User
from db.session import Database
from shop import returns
from shop.clock import Clock
from shop.payments.refunds import mark_paid_back
from shop.policy import Policy
from shop.ports import Provider
from shop.returns import paying

ASKED, AGREED, RECEIVED, REFUNDED, CLOSED, DECLINED, WITHDRAWN = ReturnStatus


class Back(Struct, frozen=True):
    """One piece that came back, or was to: of whom, why, how long ago it was asked, and how far it came."""

    buyer: str
    seller: str
    article: str
    days_ago: float
    reason: ReturnReason
    words: str
    until: ReturnStatus
    answer: str = ""


STORY = (
    Back(
        "Mira",
        "Olga",
        "Stoneware mug",
        15,
        ReturnReason.DAMAGED,
        "It came with a crack.",
        REFUNDED,
        "I am sorry, Mira.",
    ),
    Back("Jonas", "Ivan", "Wool scarf", 11, ReturnReason.SIZE, "Too narrow for me.", WITHDRAWN),
    Back("Jonas", "Ivan", "Wool scarf", 6, ReturnReason.MIND, "", DECLINED, "It was worn, Jonas, and cannot be sold."),
    Back("Lena", "Ivan", "Fountain pen", 5, ReturnReason.OTHERWISE, "It writes too wet.", RECEIVED),
    Back("Lena", "Ivan", "Dotted notebook", 5, ReturnReason.MIND, "", CLOSED, "Half of its pages were torn out."),
    Back("Ann", "Olga", "Assam, second flush", 2, ReturnReason.WRONG, "I ordered Darjeeling.", AGREED, "My mistake!"),
    Back("Tom", "Ivan", "Monstera in a clay pot", 1, ReturnReason.DAMAGED, "Now two leaves are brown.", ASKED),
)


class At:
    """A clock that stands at one moment of the past."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        return self.moment


async def came_back(
    db: Database,
    people: Mapping[str, User],
    goods: Mapping[str, Sequence[int]],
    providers: Mapping[str, Provider],
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Write it, through the shop's own use cases."""
    for told in STORY:
        clock = At(now - timedelta(days=told.days_ago))
        async with db.begin() as session:
            return_id = await _asked(session, told, people, goods, policy, clock.now())
        if return_id is not None:
            await _go_on(db, told, return_id, people, providers, policy, clock)


async def _asked(
    session: AsyncSession,
    told: Back,
    people: Mapping[str, User],
    goods: Mapping[str, Sequence[int]],
    policy: Policy,
    now: datetime,
) -> int | None:
    buyer = people[told.buyer]
    query = (
        select(Order.id, OrderItem.id)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .where(
            Order.user_id == buyer.id,
            Order.owner_id == people[told.seller].id,
            Order.status == OrderStatus.COMPLETED,
            Order.completed_at < now,
            Order.completed_at > now - policy.returns,
            OrderItem.product_id == goods[told.article][0],
        )
    )
    found = (await session.execute(query.order_by(Order.id.desc()).limit(1))).one_or_none()
    if found is None:
        return None  # a shop of one's own takes nothing back for so long
    order_id, item_id = found
    row = await returns.ask_back(
        session, buyer, order_id, {item_id: 1}, reason=told.reason, words=told.words, policy=policy, now=now
    )
    return row.id


async def _go_on(
    db: Database,
    told: Back,
    return_id: int,
    people: Mapping[str, User],
    providers: Mapping[str, Provider],
    policy: Policy,
    clock: At,
) -> None:
    """Let the return come as far as it is told."""
    buyer, seller = people[told.buyer], people[told.seller]
    if told.until is ASKED:
        return
    clock.moment += timedelta(hours=5)
    async with db.begin() as session:
        if told.until is WITHDRAWN:
            await returns.withdraw(session, buyer, return_id, policy=policy, now=clock.now())
        elif told.until is DECLINED:
            await returns.decline(session, seller, return_id, told.answer, policy=policy, now=clock.now())
        else:
            await returns.agree(session, seller, return_id, told.answer, policy=policy, now=clock.now())
    if told.until not in {RECEIVED, REFUNDED, CLOSED}:
        return
    clock.moment += timedelta(days=3)
    async with db.begin() as session:
        row = await returns.receive(session, seller, return_id, {}, policy=policy, now=clock.now())
    clock.moment += timedelta(hours=1)
    if told.until is CLOSED:
        async with db.begin() as session:
            await paying.close(session, seller, row.id, told.answer, policy=policy, now=clock.now())
    elif told.until is REFUNDED:
        await _paid(db, return_id, seller, providers, policy, clock)


async def _paid(
    db: Database, return_id: int, seller: User, providers: Mapping[str, Provider], policy: Policy, clock: Clock
) -> None:
    done = await paying.give_back(db, providers, seller, return_id, amount=None, clock=clock, policy=policy)
    async with db.begin() as session:
        for one in done.news:
            if one.state is RefundState.MANUAL:
                await mark_paid_back(session, one.refund_id, by=seller, policy=policy, now=clock.now())
