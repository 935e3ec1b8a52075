"""Removing what is about a person, a page in a transaction: nobody waits for it, and dying in between loses nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.models import (
    Address,
    AdminEvent,
    Cart,
    CartItem,
    CustomerNote,
    Departure,
    DeskLink,
    DeskSession,
    Dialog,
    Favourite,
    KeptForm,
    Message,
    NewsOptout,
    Notification,
    Order,
    OrderNote,
    OrderSight,
    PaymentAttempt,
    PaymentEvent,
    Receipt,
    Return,
    ReturnEvent,
    ReturnPhoto,
    Review,
    StockWatch,
    ViewedProduct,
)
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.payments.fulfil import EXPIRED
from shop.policy import Policy
from shop.privacy.departing import LEFT
from shop.reviews import count_stars

PAGE = 200  # rows of one transaction
CODES = (EXPIRED, LEFT, "cancelled_by_customer", "cancelled_by_seller")  # reasons that are no words of anybody's
REVIEWS = 20  # reviews of one transaction: their products are held, and customers look at these

Step = Callable[[AsyncSession], Awaitable[int]]


async def scrub(db: Database, departure: Departure, clock: Clock, policy: Policy) -> None:
    """Remove everything about who left that goes; done again, it finds nothing (a flow).

    What the shop has to keep with the orders (`policy.keep_orders`) stays until that is over; where the shop set no
    such time, it goes now.
    """
    person_id = departure.user_id
    for table, whose in (
        (Message, Message.customer_id),
        (Favourite, Favourite.user_id),
        (StockWatch, StockWatch.user_id),
    ):
        await _page_by_page(db, partial(_delete_some, table=table, mine=whose == person_id))
    await db.transact(partial(_few, person_id=person_id, now=clock.now()))
    if not departure.keeps_reviews:
        await _page_by_page(db, partial(_reviews, person_id=person_id, now=clock.now()), size=REVIEWS)
    last = 0
    while ids := await _orders(db, person_id, last):
        await db.transact(partial(_sights, person_id=person_id, order_ids=ids))
        if not policy.keep_orders:
            await db.transact(partial(scrub_orders, order_ids=ids, now=clock.now()))
        last = ids[-1]


async def scrub_orders(session: AsyncSession, order_ids: Sequence[int], *, now: datetime) -> None:
    """Leave what was sold and paid, and nothing of who and where: address, phone, texts, what providers were told."""
    gone: dict[str, Any] = {"address": null(), "phone_end": None, "note": None, "tracking": None, "scrubbed_at": now}
    gone |= {"carrier": None, "tracking_url": None}
    gone["cancel_reason"] = case((Order.cancel_reason.in_(CODES), Order.cancel_reason), else_=null())
    gone["present"] = case((Order.present.is_not(None), ""), else_=null())  # that it was one stays, its words go
    await changed(session, update(Order).where(Order.id.in_(order_ids)).values(gone))
    await changed(session, delete(OrderNote).where(OrderNote.order_id.in_(order_ids)))
    returned = list(await session.scalars(select(Return.id).where(Return.order_id.in_(order_ids))))
    if returned:
        await changed(session, update(Return).where(Return.id.in_(returned)).values(words="", answer=""))
        await changed(session, update(ReturnEvent).where(ReturnEvent.return_id.in_(returned)).values(text=""))
        await changed(session, delete(ReturnPhoto).where(ReturnPhoto.return_id.in_(returned)))
    of_orders = PaymentAttempt.order_id.in_(order_ids)
    names = select(PaymentAttempt.reference).where(of_orders, PaymentAttempt.reference.is_not(None))
    told = list(await session.scalars(names))
    if told:
        handled = (PaymentEvent.reference.in_(told), PaymentEvent.processed_at.is_not(None))
        await changed(session, update(PaymentEvent).where(*handled).values(payload={}))
    for receipt in await session.scalars(select(Receipt).where(Receipt.order_id.in_(order_ids))):
        receipt.content = {**receipt.content, "buyer": {}}  # its number, its sums and its seller stay
    await session.flush()
    await changed(session, update(PaymentAttempt).where(of_orders).values(request={}, page_url=None))


async def _page_by_page(db: Database, step: Step, *, size: int = PAGE) -> None:
    while await db.transact(step) >= size:
        pass


async def _delete_some(session: AsyncSession, *, table: type[Base], mine: Any) -> int:
    key = table.__table__.c.id
    ids = list(await session.scalars(select(key).where(mine).order_by(key).limit(PAGE)))
    if ids:
        await changed(session, delete(table).where(key.in_(ids)))
    return len(ids)


async def _few(session: AsyncSession, *, person_id: int, now: datetime) -> None:
    """What one person has few of, and what is still to be told: nobody is there to hear it."""
    carts = select(Cart.id).where(Cart.user_id == person_id)
    await changed(session, delete(CartItem).where(CartItem.cart_id.in_(carts)))
    for table in (Cart, Address, Dialog, KeptForm, NewsOptout, CustomerNote, DeskLink, DeskSession, ViewedProduct):
        await changed(session, delete(table).where(table.user_id == person_id))
    told = ("customer.noted", "credit.given")
    noted = (AdminEvent.subject == f"user:{person_id}", AdminEvent.action.in_(told))
    await changed(session, update(AdminEvent).where(*noted).values(data={}))
    unheard = (Notification.user_id == person_id, Notification.sent_at.is_(None), Notification.dead_at.is_(None))
    await changed(session, update(Notification).where(*unheard).values(dead_at=now, error="left the shop"))


async def _reviews(session: AsyncSession, *, person_id: int, now: datetime) -> int:
    """Take some of their reviews away, and the stars off the products; those that are hidden counted for nothing."""
    query = select(Review).where(Review.user_id == person_id).order_by(Review.product_id).limit(REVIEWS)
    rows = list(await session.scalars(query.with_for_update()))
    for review in rows:
        if await changed(session, delete(Review).where(Review.id == review.id)) and review.hidden_at is None:
            await count_stars(session, review.product_id, stars=-review.rating, reviews=-1, now=now)
    return len(rows)


async def _orders(db: Database, person_id: int, last: int) -> list[int]:
    query = select(Order.id).where(Order.user_id == person_id, Order.id > last).order_by(Order.id).limit(PAGE)
    async with db.read() as session:
        return list(await session.scalars(query))


async def _sights(session: AsyncSession, *, person_id: int, order_ids: Sequence[int]) -> None:
    """Their chat is edited no more."""
    mine = (OrderSight.order_id.in_(order_ids), OrderSight.user_id == person_id)
    await changed(session, delete(OrderSight).where(*mine))
