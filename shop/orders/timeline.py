"""Everything that happened to an order, read from the rows that it left behind: there is no second record of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Author, Message, MovementReason, Order, OrderEvent, Refund, StockMovement
from shop.orders.notes import names_of
from shop.orders.quotes import PRICE_AGREED, PRICE_ASKED, PRICE_DECLINED
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import NotFound

PAGES = 20  # that are read of one order; so no statement reads more than so many pages of rows
# What people did that no other row says; moves, refunds and messages are rows of their own.
DONE = (
    *("order.priced", "order.money_came", "order.not_cancelled", "order.paid_back", "order.noted"),
    *("return.started", "return.agreed", "return.declined", "return.received", "return.closed"),
)


class Happened(Struct, frozen=True):
    """One thing that happened: `what` is a cause of a move, an action, or "message", "refund", "returned".

    `who` did it: a name, "" for the shop itself; `amount` (minor units) and `units` where there are any.
    """

    at: datetime
    what: str
    actor: str
    who: str = ""
    text: str = ""
    amount: int | None = None
    units: int | None = None


class Timeline(Struct, frozen=True):
    """A page of it, newest first."""

    order: Order
    page: int
    happened: Sequence[Happened]
    older: bool


async def of_order(session: AsyncSession, by: By, order_id: int, *, page: int = 0, size: int = 8) -> Timeline:
    """A page of what happened to one of the seller's orders. Raises NotFound. Seven statements."""
    acting = ask(by, Permission.ORDERS)
    order = await session.get(Order, order_id)
    if order is None or not (acting.everything or order.owner_id == acting.owner_id):
        raise NotFound(order_id=order_id)
    page = max(0, min(page, PAGES - 1))
    wanted = (page + 1) * size + 1  # of each kind: all of the page may be of one
    found = [
        *await _moves(session, order_id, wanted),
        *await _done(session, acting, order_id, wanted),
        *await _messages(session, order, wanted),
        *await _refunds(session, order_id, wanted),
        *await _returns(session, order_id, wanted),
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    shown = found[page * size : (page + 1) * size]
    names = await names_of(session, [one.actor for one in shown])
    named = [_with_name(one, names) for one in shown]
    return Timeline(order, page, named, older=len(found) > (page + 1) * size and page + 1 < PAGES)


def _with_name(one: Happened, names: Mapping[str, str]) -> Happened:
    return Happened(one.at, one.what, one.actor, names.get(one.actor, ""), one.text, one.amount, one.units)


async def _moves(session: AsyncSession, order_id: int, limit: int) -> list[Happened]:
    query = select(OrderEvent).where(OrderEvent.order_id == order_id).order_by(OrderEvent.id.desc()).limit(limit)
    return [Happened(one.created_at, _what(one), one.actor) for one in await session.scalars(query)]


def _what(event: OrderEvent) -> str:
    """The move, what was said of a price, or that a number was corrected."""
    if event.cause in {PRICE_ASKED, PRICE_AGREED, PRICE_DECLINED}:
        return event.cause
    return "tracking_corrected" if event.from_status == event.to_status else f"order.{event.to_status}"


async def _done(session: AsyncSession, acting: Acting, order_id: int, limit: int) -> list[Happened]:
    """What another seller did, who had the order before, is not told."""
    query = select(AdminEvent).where(AdminEvent.subject == f"order:{order_id}", AdminEvent.action.in_(DONE))
    if not acting.everything:
        query = query.where(AdminEvent.owner_id == acting.owner_id)
    rows = await session.scalars(query.order_by(AdminEvent.id.desc()).limit(limit))
    return [
        Happened(one.created_at, one.action, one.actor, text=_note(one.data), amount=_price(one.data)) for one in rows
    ]


def _note(data: Mapping[str, Any]) -> str:
    pair = data.get("note")
    return str(pair[1] or "") if isinstance(pair, list) else ""


def _price(data: Mapping[str, Any]) -> int | None:
    pair = data.get("shipping")
    return int(pair[1]) if isinstance(pair, list) and isinstance(pair[1], int) else None


async def _messages(session: AsyncSession, order: Order, limit: int) -> list[Happened]:
    query = select(Message).where(Message.order_id == order.id).order_by(Message.id.desc()).limit(limit)
    actors = {Author.CUSTOMER: "customer", Author.SELLER: "owner"}
    told = []
    for one in await session.scalars(query):
        number = one.customer_id if one.author is Author.CUSTOMER else one.seller_id
        actor = f"{actors[one.author]}:{number}" if one.author in actors else "operator"
        told.append(Happened(one.created_at, "message", actor, text=one.text))
    return told


async def _refunds(session: AsyncSession, order_id: int, limit: int) -> list[Happened]:
    query = select(Refund).where(Refund.order_id == order_id).order_by(Refund.id.desc()).limit(limit)
    return [
        Happened(one.created_at, f"refund.{one.state}", one.actor, amount=one.amount)
        for one in await session.scalars(query)
    ]


async def _returns(session: AsyncSession, order_id: int, limit: int) -> list[Happened]:
    query = select(StockMovement).where(
        StockMovement.order_id == order_id, StockMovement.reason == MovementReason.RETURNED
    )
    rows = await session.scalars(query.order_by(StockMovement.id.desc()).limit(limit))
    return [Happened(one.created_at, "returned", one.actor, units=one.delta) for one in rows]
