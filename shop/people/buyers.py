"""Who bought from a seller, by their newest order: read from the newest order back, so many orders at a time."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.models import Ban, Order, User
from db.terms import words_of
from shop.people.bans import EVERY_SELLER
from shop.people.permissions import Acting, By, Permission, ask

WINDOW = 180  # orders that one statement reads
WINDOWS = 10  # statements of one look: 1,800 orders


class Buyer(Struct, frozen=True):
    """A person, their newest order there, and whether they are not served."""

    person: User
    newest: Order
    banned: bool


class Buyers(Struct, frozen=True):
    """Some of them, those with the newest orders first; `further`: the order before which nobody looked."""

    rows: Sequence[Buyer] = ()
    further: int | None = None


async def list_buyers(
    session: AsyncSession, by: By, *, called: str = "", before: int | None = None, limit: int
) -> Buyers:
    """Who ordered from this seller (operators: from anybody), before an order; `called`: whose name has these words."""
    acting, wanted = ask(by, Permission.ORDERS), words_of(called)
    found: dict[int, int] = {}
    seen: set[int] = set()
    at, further = before, None
    for _ in range(WINDOWS):
        rows = await _window(session, acting, at)
        fresh: dict[int, int] = {}
        for row in rows:
            if row.user_id not in seen and _is_called(row, wanted):
                fresh[row.user_id] = row.id
            seen.add(row.user_id)
        for person in await _came_later(session, acting, fresh, before):
            del fresh[person]
        for person, order_id in fresh.items():
            found[person] = order_id
            if len(found) == limit:
                return await _loaded(session, acting, found, order_id)
        at = further = rows[-1].id if len(rows) == WINDOW else None
        if at is None:
            break
    return await _loaded(session, acting, found, further)


async def _window(session: AsyncSession, acting: Acting, before: int | None) -> Sequence[Any]:
    query = select(Order.id, Order.user_id, User.name, User.username).join(User, User.id == Order.user_id)
    if acting.only is not None:
        query = query.where(Order.owner_id == acting.only)
    if before is not None:
        query = query.where(Order.id < before)
    return (await session.execute(query.order_by(Order.id.desc()).limit(WINDOW))).all()


def _is_called(row: Any, wanted: Sequence[str]) -> bool:
    called = " ".join(words_of(f"{row.name} {row.username or ''}"))
    return all(word in called for word in wanted)


async def _came_later(
    session: AsyncSession, acting: Acting, people: Collection[int], before: int | None
) -> Sequence[int]:
    """Those of them who were on a page before: with an order at `before`, or after it."""
    if before is None or not people:
        return ()
    theirs = exists().where(Order.user_id == User.id, Order.id >= before)
    if acting.only is not None:
        theirs = theirs.where(Order.owner_id == acting.only)
    return (await session.scalars(select(User.id).where(User.id.in_(people), theirs))).all()


async def _loaded(session: AsyncSession, acting: Acting, found: dict[int, int], further: int | None) -> Buyers:
    if not found:
        return Buyers((), further)
    rows = select(Order).where(Order.id.in_(found.values())).order_by(Order.id.desc()).options(joinedload(Order.user))
    orders = (await session.scalars(rows.execution_options(populate_existing=True))).all()
    scope = EVERY_SELLER if acting.only is None else acting.only
    away = set(await session.scalars(select(Ban.user_id).where(Ban.seller_id == scope, Ban.user_id.in_(found))))
    return Buyers([Buyer(one.user, one, one.user_id in away) for one in orders], further)
