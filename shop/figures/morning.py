"""The first look of the day: what came, what waits, what runs out, and how yesterday went."""

from datetime import datetime, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Author, Message, Order, OrderStatus
from shop import orders
from shop.figures.days import Sales, sales_between, start_of_day
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.low import list_low
from shop.returns import count_waiting
from shop.reviews import count_unanswered

MOST = 99  # of anything that is counted; more is said to be more
LOOKED_AT = 300  # the newest messages, among which the unanswered conversations are looked for
SEEING = tuple(Permission)


class Morning(Struct, frozen=True):
    """Each None where the person may not see it; counts go to MOST + 1, which means: more than MOST."""

    new: int | None = None  # orders placed since midnight, where the shop is, and not cancelled
    to_do: int | None = None
    unanswered: int | None = None  # conversations in which the customer spoke last
    waiting: int | None = None  # the newest message of those
    low: int | None = None  # products at their mark or sold out
    reviews: int | None = None  # without an answer
    returns: int | None = None  # that wait for the seller: to be answered, or for their money
    yesterday: tuple[Sales, ...] | None = None
    day_before: tuple[Sales, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether there is anything to look at: something that came or waits, or that was sold yesterday."""
        return any((self.new, self.to_do, self.unanswered, self.low, self.reviews, self.returns, self.yesterday))


async def look(session: AsyncSession, by: By, *, zone: tzinfo, now: datetime, briefly: bool = False) -> Morning:
    """What this person's shop (operators: everybody's) looks like; at most eight statements. Raises NotPermitted.

    Briefly, neither the goods are looked through nor the payments: for who lists what runs low, and draws the sales.
    """
    acting = ask(by, *SEEING)
    morning, today = Morning(), now.astimezone(zone).date()
    if acting.may(Permission.ORDERS):
        unanswered, waiting = await _unanswered(session, acting)
        morning = replace(
            morning,
            new=await _placed_since(session, acting, start_of_day(today, zone)),
            to_do=await orders.count_to_do(session, acting, most=MOST + 1),
            unanswered=unanswered,
            waiting=waiting,
            reviews=await count_unanswered(session, acting, most=MOST + 1),
            returns=await count_waiting(session, acting, most=MOST + 1),
        )
    if not briefly and acting.may(Permission.STOCK):
        morning = replace(morning, low=len((await list_low(session, acting, limit=MOST + 1)).items))
    if not briefly and acting.may(Permission.MONEY):
        days = [start_of_day(today - timedelta(days=back), zone) for back in (2, 1, 0)]
        morning = replace(
            morning,
            yesterday=await sales_between(session, acting, days[1], days[2]),
            day_before=await sales_between(session, acting, days[0], days[1]),
        )
    return morning


async def _placed_since(session: AsyncSession, acting: Acting, since: datetime) -> int:
    """Ids grow with time, so the newest orders are looked at, and no more of them than are counted."""
    newest = select(Order.created_at, Order.status).order_by(Order.id.desc()).limit(MOST + 1)
    if not acting.everything:
        newest = newest.where(Order.owner_id == acting.owner_id)
    some = newest.subquery()
    counted = select(func.count()).select_from(some)
    return await session.scalar(counted.where(some.c.created_at >= since, some.c.status != OrderStatus.CANCELLED)) or 0


async def _unanswered(session: AsyncSession, acting: Acting) -> tuple[int, int | None]:
    """Conversations whose last word is the customer's, among the newest messages, and the newest of them."""
    query = select(Message.id, Message.customer_id, Message.seller_id, Message.order_id, Message.author)
    if not acting.everything:
        query = query.where(Message.seller_id == acting.owner_id)
    seen, waiting = set(), []
    for message_id, *about, author in await session.execute(query.order_by(Message.id.desc()).limit(LOOKED_AT)):
        if tuple(about) not in seen:
            seen.add(tuple(about))
            if author is Author.CUSTOMER:
                waiting.append(message_id)
    return min(len(waiting), MOST + 1), waiting[0] if waiting else None
