"""A customer as the seller's shop knows them: what they ordered and paid there, their stars, and a note about them."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CustomerNote, Order, OrderStatus, Payment, Product, Review
from db.writes import changed, insert_once
from shop.people import bans, events
from shop.people.bans import Customer
from shop.people.permissions import Acting, By, Permission, ask

NOTE_LENGTH = 1000
NEWEST = 5  # orders that are named


class Paid(Struct, frozen=True):
    """What came from a customer in one currency, and what of it went back; minor units."""

    currency: str
    amount: int
    refunded: int


class Card(Struct, frozen=True):
    """Everything at one look; `since`: their first order there, `stars` of `reviews` on average."""

    customer: Customer
    since: datetime | None
    cancelled: int
    paid: Sequence[Paid]
    newest: Sequence[Order]
    reviews: int
    stars: float
    note: str


async def card(session: AsyncSession, by: By, person_id: int) -> Card:
    """Who ordered from this seller or wrote to them (operators: anybody, over all sellers). Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    customer = await bans.look(session, acting, person_id)
    theirs = _theirs(acting, person_id)
    dead = func.sum(case((Order.status == OrderStatus.CANCELLED, 1), else_=0))
    since, cancelled = (await session.execute(select(func.min(Order.created_at), dead).where(*theirs))).one()
    money = select(Order.currency, func.sum(Payment.amount), func.sum(Payment.refunded_amount))
    sums = money.join(Payment, Payment.order_id == Order.id).where(*theirs, Payment.amount > 0)
    rows = await session.execute(sums.group_by(Order.currency).order_by(Order.currency))
    newest = await session.scalars(select(Order).where(*theirs).order_by(Order.id.desc()).limit(NEWEST))
    starred = select(func.count(), func.avg(Review.rating)).where(Review.user_id == person_id)
    if not acting.everything:
        starred = starred.join(Product, Product.id == Review.product_id).where(Product.owner_id == acting.owner_id)
    reviews, stars = (await session.execute(starred)).one()
    note = await session.scalar(select(CustomerNote.text).where(*_noted(acting, person_id)))
    return Card(
        customer,
        since,
        int(cancelled or 0),
        [Paid(currency, int(amount), int(refunded)) for currency, amount, refunded in rows],
        list(newest),
        reviews,
        float(stars or 0),
        note or "",
    )


async def set_note(session: AsyncSession, by: By, person_id: int, text: str, *, now: datetime) -> None:
    """Keep this in mind about the customer, in place of what was noted; empty: nothing. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    await bans.look(session, acting, person_id)
    text = text.strip()[:NOTE_LENGTH]
    mine = _noted(acting, person_id)
    before = await session.scalar(select(CustomerNote.text).where(*mine).with_for_update()) or ""
    if text == before:
        return
    if not text:
        await changed(session, delete(CustomerNote).where(*mine))
    else:
        values = {"text": text, "actor": acting.actor, "updated_at": now}
        row = {"owner_id": acting.owner_id, "user_id": person_id}
        if not await changed(session, update(CustomerNote).where(*mine).values(values)):
            await insert_once(session, CustomerNote, **row, **values)
    data = {"note": events.pair(before, text)}
    subject = f"user:{person_id}"
    events.write(session, acting.actor, "customer.noted", subject, owner_id=acting.owner_id, data=data, now=now)


def _theirs(acting: Acting, person_id: int) -> tuple[ColumnElement[bool], ...]:
    mine = Order.user_id == person_id
    return (mine,) if acting.everything else (mine, Order.owner_id == acting.owner_id)


def _noted(acting: Acting, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (CustomerNote.owner_id == acting.owner_id, CustomerNote.user_id == person_id)
