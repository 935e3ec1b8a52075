"""Finding orders by what their seller remembers: the number, the customer's name or @name, the receiver's name.

Names are looked for from the newest order back, so many orders at a time that no statement and no answer grows with
the shop; who wants to look further says so.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.models import Order, User
from db.terms import words_of
from shop.orders.reading import SEEING
from shop.people.permissions import Acting, By, ask
from shop.people.users import find_by_username

WINDOW = 180  # orders that one statement reads
WINDOWS = 10  # statements of one search: 1,800 orders
OF_ONE = 360  # newest orders of one customer among which the seller's are looked for
SHORTEST = 2  # letters that are worth looking for

_PARTIES = select(Order.user_id, Order.owner_id).where(Order.id == bindparam("order"))


class Parties(Struct, frozen=True):
    """Which sides of an order a person is on."""

    buys: bool
    sells: bool


class FoundOrders(Struct, frozen=True):
    """What a search found, newest first; `further` is the id before which it did not look."""

    orders: Sequence[Order] = ()
    further: int | None = None


async def parties(session: AsyncSession, acting: Acting, order_id: int) -> Parties:
    """Whether the order is the person's own, and whether it is theirs to sell. One look."""
    row = (await session.execute(_PARTIES, {"order": order_id})).one_or_none()
    if row is None:
        return Parties(buys=False, sells=False)
    sells = acting.may(*SEEING) and (acting.everything or row.owner_id == acting.owner_id)
    return Parties(buys=row.user_id == acting.person_id, sells=sells)


async def find_for_owner(
    session: AsyncSession,
    by: By,
    query: str,
    *,
    before: int | None = None,
    limit: int = 8,
    window: int = WINDOW,
) -> FoundOrders:
    """Orders of the seller's goods (operators: of all) whose customer or receiver is called like that."""
    owner = ask(by, *SEEING).only
    wanted = words_of(query)
    if len("".join(wanted)) < SHORTEST:
        return FoundOrders()
    ids, further = await _of_username(session, owner, query, before, limit)
    if not ids:
        ids, further = await _by_name(session, owner, wanted, before, limit, window)
    people = joinedload(Order.user), joinedload(Order.owner)
    rows = select(Order).where(Order.id.in_(ids)).order_by(Order.id.desc()).options(*people)
    found = list(await session.scalars(rows.execution_options(populate_existing=True))) if ids else []
    return FoundOrders(found, further)


async def _of_username(
    session: AsyncSession, owner: int | None, query: str, before: int | None, limit: int
) -> tuple[list[int], int | None]:
    """Those of the customer who has exactly this @name, however old they are."""
    name = query.strip()
    customer = await find_by_username(session, name[1:]) if name.startswith("@") else None
    if customer is None:
        return [], None
    theirs = select(Order.id, Order.owner_id).where(Order.user_id == customer.id)
    if before is not None:
        theirs = theirs.where(Order.id < before)
    newest = theirs.order_by(Order.id.desc()).limit(OF_ONE).subquery()
    mine = select(newest.c.id).order_by(newest.c.id.desc()).limit(limit + 1)
    if owner is not None:
        mine = mine.where(newest.c.owner_id == owner)
    found = list(await session.scalars(mine))
    return found[:limit], found[limit - 1] if len(found) > limit else None


async def _by_name(
    session: AsyncSession, owner: int | None, wanted: Sequence[str], before: int | None, limit: int, window: int
) -> tuple[list[int], int | None]:
    found: list[int] = []
    for _ in range(WINDOWS):
        rows = await _window(session, owner, before, window)
        for row in rows:
            before = row.id
            if _is_called(row, wanted):
                found.append(row.id)
                if len(found) == limit:
                    return found, before
        if len(rows) < window:
            return found, None
    return found, before


async def _window(session: AsyncSession, owner: int | None, before: int | None, window: int) -> Sequence[Any]:
    query = select(Order.id, Order.address, User.name, User.username).join(User, User.id == Order.user_id)
    if owner is not None:
        query = query.where(Order.owner_id == owner)
    if before is not None:
        query = query.where(Order.id < before)
    return (await session.execute(query.order_by(Order.id.desc()).limit(window))).all()


def _is_called(row: Any, wanted: Sequence[str]) -> bool:
    receiver = (row.address or {}).get("name") or ""
    called = " ".join(words_of(f"{row.name} {row.username or ''} {receiver}"))
    return all(word in called for word in wanted)
