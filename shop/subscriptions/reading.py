"""Reading subscriptions: each person only their own."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Order, Product, Subscription, SubscriptionPeriod, SubscriptionState, User
from db.texts import name_in
from shop.refusals import NotFound

LASTS = Subscription.state != SubscriptionState.ENDED


class Held(Struct, frozen=True):
    """A subscription with what it is of; `offered`: that is sold by the month, so that it can be begun anew."""

    row: Subscription
    name: str
    texts: str | None
    offered: bool

    def name_in(self, language: str) -> str:
        """What it is called in a language."""
        return name_in(language, self.name, self.texts)


_HELD = select(
    Subscription, Product.name, Product.texts, Product.archived_at.is_(None) & Product.monthly.is_(True)
).join(Product, Product.id == Subscription.product_id)


async def list_of(session: AsyncSession, user: User, *, skip: int = 0, limit: int) -> Sequence[Held]:
    """A page of what the person pays every month, or did, the newest first. One statement."""
    query = _HELD.where(Subscription.user_id == user.id).order_by(Subscription.id.desc())
    return [Held(*row) for row in await session.execute(query.offset(skip).limit(limit))]


async def get_of(session: AsyncSession, user: User, subscription_id: int) -> Held:
    """One of the person's own. Raises NotFound."""
    query = _HELD.where(Subscription.id == subscription_id, Subscription.user_id == user.id)
    row = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise NotFound
    return Held(*row)


async def get(session: AsyncSession, subscription_id: int) -> Held:
    """Any of them: for what the shop itself says. Raises NotFound."""
    row = (await session.execute(_HELD.where(Subscription.id == subscription_id))).one_or_none()
    if row is None:
        raise NotFound
    return Held(*row)


async def held(session: AsyncSession, user_id: int, product_id: int) -> Subscription | None:
    """The person's subscription to this product, while it lasts."""
    query = select(Subscription).where(Subscription.user_id == user_id, Subscription.product_id == product_id, LASTS)
    return await session.scalar(query.order_by(Subscription.id.desc()).limit(1))


def access_of(order_id: InstrumentedAttribute[int]) -> ScalarSelect[datetime]:
    """Until when the subscription is paid that this order is a month of, while it lasts (a column)."""
    return (
        select(Subscription.paid_until)
        .join(SubscriptionPeriod, SubscriptionPeriod.subscription_id == Subscription.id)
        .where(SubscriptionPeriod.order_id == order_id, LASTS)
        .correlate(Order)
        .scalar_subquery()
    )
