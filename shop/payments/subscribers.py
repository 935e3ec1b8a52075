"""Who pays a seller every month: counted by how it stands, and listed page by page."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, Subscription, SubscriptionState, User
from shop.people.permissions import By, Permission, ask

SEEING = (Permission.ORDERS, Permission.MONEY)


class Subscriber(Struct, frozen=True):
    """A subscription, whose it is, and what it is of."""

    row: Subscription
    customer: str
    product: str


async def count(session: AsyncSession, by: By) -> Mapping[SubscriptionState, int]:
    """How many there are of each state; operators: of all sellers. One statement."""
    acting = ask(by, *SEEING)
    query = select(Subscription.state, cast(func.count(), Integer)).group_by(Subscription.state)
    if not acting.everything:
        query = query.where(Subscription.owner_id == acting.owner_id)
    return dict((await session.execute(query)).all())


async def list_page(
    session: AsyncSession, by: By, state: SubscriptionState, *, skip: int = 0, limit: int
) -> Sequence[Subscriber]:
    """A page of those of a state, the newest first; operators: of all sellers. One statement."""
    acting = ask(by, *SEEING)
    query = (
        select(Subscription, User.name, Product.name)
        .join(User, User.id == Subscription.user_id)
        .join(Product, Product.id == Subscription.product_id)
        .where(Subscription.state == state)
    )
    if not acting.everything:
        query = query.where(Subscription.owner_id == acting.owner_id)
    rows = await session.execute(query.order_by(Subscription.id.desc()).offset(skip).limit(limit))
    return [Subscriber(*row) for row in rows]


async def lasting_of(session: AsyncSession, product_id: int) -> int:
    """How many have a product now."""
    query = select(func.count()).where(
        Subscription.product_id == product_id, Subscription.state != SubscriptionState.ENDED
    )
    return await session.scalar(query) or 0
