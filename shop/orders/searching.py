"""Finding orders by what their seller remembers: a phone number, an SKU, a @name, or names of people and of goods.

The first three are found along an index, however old the order is. Names are looked for from the newest order back, so
many orders at a time that no statement and no answer grows with the shop; who wants to look further says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.folding import fold
from db.models import Order, OrderItem, Product, User
from db.phones import FEWEST, LENGTH, is_phone, phone_end
from db.terms import folded, words_of
from shop.orders.reading import SEEING
from shop.people.permissions import Acting, By, ask
from shop.people.users import find_by_username

WINDOW = 180  # orders that one statement reads
WINDOWS = 10  # statements of one search: 1,800 orders; each costs 2 ms
OF_ONE = 360  # newest orders of one customer among which the seller's are looked for
SHORTEST = 2  # letters that are worth looking for
OF_SKU = 24  # products that an SKU stands for: of several sellers, and its variants

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
    windows: int = WINDOWS,
) -> FoundOrders:
    """Orders of the seller's goods (operators: of all) that answer to the query.

    By a name, among the next `windows` times `window` of them.
    """
    owner = ask(by, *SEEING).only
    wanted = words_of(query)
    if len("".join(wanted)) < SHORTEST:
        return FoundOrders()
    ids, further = await _along_an_index(session, owner, query, before, limit)
    if not ids:
        ids, further = await _by_name(session, owner, wanted, before, limit, window, windows)
    people = joinedload(Order.user), joinedload(Order.owner)
    rows = select(Order).where(Order.id.in_(ids)).order_by(Order.id.desc()).options(*people)
    found = list(await session.scalars(rows.execution_options(populate_existing=True))) if ids else []
    return FoundOrders(found, further)


async def _along_an_index(
    session: AsyncSession, owner: int | None, query: str, before: int | None, limit: int
) -> tuple[list[int], int | None]:
    """Those of the phone number, the @name or the SKU that this is exactly, however old they are."""
    query = query.strip()
    if is_phone(query):
        mine: Select[int] | None = _of_phone(owner, query, before)
    elif query.startswith("@"):
        mine = await _of_username(session, owner, query[1:], before)
    else:
        mine = await _of_sku(session, owner, query, before, limit)
    if mine is None:
        return [], None
    found = list(await session.scalars(mine.limit(limit + 1)))
    return found[:limit], found[limit - 1] if len(found) > limit else None


def _of_phone(owner: int | None, number: str, before: int | None) -> Select[int]:
    query = select(Order.id).where(_ends_like(number), *_within(owner, before))
    return query.order_by(Order.id.desc())


def _ends_like(number: str) -> ColumnElement[bool]:
    """Numbers that end in these digits; of many digits, also those that were written down without the country's."""
    end = phone_end(number) or ""
    if len(end) < LENGTH:
        return Order.phone_end.between(end, end + "9" * (LENGTH - len(end)))
    return Order.phone_end.in_([end[:digits] for digits in range(FEWEST, LENGTH + 1)])


async def _of_username(session: AsyncSession, owner: int | None, name: str, before: int | None) -> Select[int] | None:
    customer = await find_by_username(session, name)
    if customer is None:
        return None
    theirs = select(Order.id, Order.owner_id).where(Order.user_id == customer.id, *_within(None, before))
    newest = theirs.order_by(Order.id.desc()).limit(OF_ONE).subquery()
    mine = select(newest.c.id).order_by(newest.c.id.desc())
    return mine if owner is None else mine.where(newest.c.owner_id == owner)


async def _of_sku(
    session: AsyncSession, owner: int | None, sku: str, before: int | None, limit: int
) -> Select[int] | None:
    """Of a product with variants: those with any of its first variants."""
    tops = select(Product.id).where(Product.sku_folded == fold(sku))
    if owner is not None:
        tops = tops.where(Product.owner_id == owner)
    ids = list(await session.scalars(tops.order_by(Product.id).limit(OF_SKU)))
    if not ids:
        return None
    variants = select(Product.id).where(Product.parent_id.in_(ids)).order_by(Product.parent_id, Product.position)
    ids += await session.scalars(variants.limit(OF_SKU))
    newest = [_with_product(product_id, owner, before, limit).subquery() for product_id in ids]
    found = union_all(*(select(one.c.id) for one in newest)).subquery()
    return select(found.c.id).distinct().order_by(found.c.id.desc())


def _with_product(product_id: int, owner: int | None, before: int | None, limit: int) -> Select[int]:
    """The newest orders with it; an order that another seller has now is passed by."""
    query = select(OrderItem.order_id.label("id")).join(Order, Order.id == OrderItem.order_id)
    query = query.where(OrderItem.product_id == product_id)
    if owner is not None:
        query = query.where(Order.owner_id == owner)
    if before is not None:
        query = query.where(OrderItem.order_id < before)
    return query.order_by(OrderItem.order_id.desc()).limit(limit + 1)


def _within(owner: int | None, before: int | None) -> list[ColumnElement[bool]]:
    mine = [] if owner is None else [Order.owner_id == owner]
    return mine if before is None else [*mine, Order.id < before]


async def _by_name(
    session: AsyncSession,
    owner: int | None,
    wanted: Sequence[str],
    before: int | None,
    limit: int,
    window: int,
    windows: int,
) -> tuple[list[int], int | None]:
    found: list[int] = []
    for _ in range(windows):
        rows = await _window(session, owner, before, window)
        goods = await _goods(session, [row.id for row in rows])
        for row in rows:
            before = row.id
            if _is_called(row, goods.get(row.id, ""), wanted):
                found.append(row.id)
                if len(found) == limit:
                    return found, before
        if len(rows) < window:
            return found, None
    return found, before


async def _window(session: AsyncSession, owner: int | None, before: int | None, window: int) -> Sequence[Any]:
    query = select(Order.id, Order.address, User.name, User.username).join(User, User.id == Order.user_id)
    query = query.where(*_within(owner, before))
    return (await session.execute(query.order_by(Order.id.desc()).limit(window))).all()


async def _goods(session: AsyncSession, order_ids: Sequence[int]) -> Mapping[int, str]:
    """What was sold with each order, by the names of that day."""
    if not order_ids:
        return {}
    goods: dict[int, str] = {}
    query = select(OrderItem.order_id, OrderItem.name).where(OrderItem.order_id.in_(order_ids))
    for order_id, name in await session.execute(query):
        goods[order_id] = f"{goods.get(order_id, '')} {name}"
    return goods


def _is_called(row: Any, goods: str, wanted: Sequence[str]) -> bool:
    receiver = (row.address or {}).get("name") or ""
    called = folded(f"{row.name} {row.username or ''} {receiver} {goods}")
    if not all(word in called for word in wanted):
        return False
    called = " ".join(words_of(called))
    return all(word in called for word in wanted)
