"""The pool of a product as its seller sees it: added, looked through, taken out, written into a file."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import Inventory, MovementReason, Order, OrderItem, Product, ProductKind, Unit, UnitState
from db.writes import changed
from shop import stock
from shop.forms.writing import one_line
from shop.people.permissions import By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import OwnedProduct, get_owned
from shop.refusals import CannotRead, NotFound, StockWouldGoNegative, TooMany
from shop.subscriptions.refusals import CannotBeMonthly
from shop.subscriptions.rule import MOST as MOST_STARS

LENGTH = 500  # letters of a key: five of them fit into a message
MOST_AT_ONCE = 10_000  # keys of one file
MOST = 100_000  # free keys of one product
BATCH = 500  # rows of one statement
NAMED = 10  # lines that a summary names


class NewUnit(Struct, frozen=True):
    """A key, or a file of Telegram's with the name that its buyer sees. `line` is where it stood, from 1."""

    content: str
    line: int = 1
    file_id: str | None = None
    file_kind: str | None = None
    file_bot_id: int | None = None
    same_as: str | None = None  # of a file: what Telegram calls it for every bot and for ever

    @property
    def fingerprint(self) -> str:
        """Equal for the same key or file, and nothing that could be read back from a log."""
        return hashlib.sha256((self.same_as or self.content).encode()).hexdigest()


class Added(Struct):
    """What became of what was given: how many are new, and the first lines that are not."""

    added: int = 0
    duplicates: int = 0
    first_duplicates: list[tuple[int, str]] = []  # line and the end of the key
    too_long: list[int] = []
    blank: int = 0
    left_out: int = 0  # beyond what is taken at once


class Pool(Struct, frozen=True):
    """How many units of a product are where; `held` of the free ones are promised to orders that wait for money."""

    item: OwnedProduct
    free: int
    held: int
    sold: int
    revoked: int


def masked(content: str) -> str:
    """A key as it may be shown in a list: its end, and of a short one less."""
    shown = min(4, len(content) // 3)
    return "…" + content[len(content) - shown :]


def read_lines(text: str) -> tuple[list[NewUnit], Added]:
    """The keys of a text, one a line, and what was left out of it."""
    found: list[NewUnit] = []
    told = Added(first_duplicates=[], too_long=[])
    for number, line in enumerate(text.splitlines(), 1):
        content = one_line(line)
        if not content:
            told.blank += 1
        elif len(content) > LENGTH:
            told.too_long.append(number)
        elif len(found) >= MOST_AT_ONCE:
            told.left_out += 1
        else:
            found.append(NewUnit(content, number))
    return found, told


async def pool_of(session: AsyncSession, by: By, product_id: int) -> Pool:
    """The pool of a digital product. Raises NotFound, CannotRead (sold in variants, or nothing to download)."""
    ask(by, Permission.STOCK)
    item = await get_owned(session, by, product_id)
    if item.is_parent:
        raise CannotRead(field="variant", given=item.product.sku, hint="has_variants")
    if item.product.kind is not ProductKind.DIGITAL:
        raise NotFound(product_id=product_id)
    query = select(Unit.state, func.count()).where(Unit.product_id == product_id).group_by(Unit.state)
    count = dict((await session.execute(query)).all())
    free, sold, revoked = (count.get(state, 0) for state in (UnitState.FREE, UnitState.SOLD, UnitState.REVOKED))
    return Pool(item, free, item.reserved, sold, revoked)


async def add(
    session: AsyncSession,
    by: By,
    product_id: int,
    given: Sequence[NewUnit],
    *,
    told: Added | None = None,
    now: datetime,
) -> Added:
    """Put units on the shelf; what is there already (sold or not) is named and not added. `told` is completed.

    From its first unit on a product's stock is its units. Raises NotFound, CannotRead, TooMany, StockWouldGoNegative
    (orders hold more than the first units would be).
    """
    acting = ask(by, Permission.STOCK)
    told = told or Added(first_duplicates=[], too_long=[])
    pool = await pool_of(session, by, product_id)
    if pool.item.product.monthly:
        raise CannotBeMonthly(why="keys", most=MOST_STARS)
    locked = select(Inventory.quantity_in_stock).where(Inventory.product_id == product_id).with_for_update()
    in_stock = await session.scalar(locked)
    new = await _new(session, product_id, given, told)
    if pool.free + len(new) > MOST:
        raise TooMany(limit=MOST)
    if not new:
        return told
    for start in range(0, len(new), BATCH):
        rows = [_row(product_id, one, now) for one in new[start : start + BATCH]]
        await session.execute(insert(Unit), rows)
    deltas = {MovementReason.RECEIVED: len(new)}
    if await _first(session, product_id, now):
        deltas[MovementReason.CORRECTED] = -(in_stock or 0)
    await stock.count_units(session, product_id, deltas, actor=acting.actor, note="keys", now=now)
    data = {"added": len(new), "duplicates": told.duplicates}
    note_change(session, pool.item.product, actor=acting.actor, action="units.added", data=data, now=now)
    told.added = len(new)
    return told


async def list_units(
    session: AsyncSession,
    by: By,
    product_id: int,
    state: UnitState,
    *,
    skip: int = 0,
    limit: int = 10,
) -> tuple[Pool, list[tuple[Unit, int | None]]]:
    """A page of a pool, each unit with the order it went to: the oldest free ones first, of others the newest."""
    pool = await pool_of(session, by, product_id)
    query = (
        select(Unit, OrderItem.order_id)
        .outerjoin(OrderItem, OrderItem.id == Unit.order_item_id)
        .where(Unit.product_id == product_id, Unit.state == state)
        .order_by(Unit.id if state is UnitState.FREE else Unit.id.desc())
        .offset(skip)
        .limit(limit)
    )
    return pool, [(row[0], row[1]) for row in await session.execute(query)]


async def withdraw(
    session: AsyncSession,
    by: By,
    product_id: int,
    *,
    unit_id: int | None = None,
    now: datetime,
) -> int:
    """Take free units out of the pool, one or all that no order waits for; how many went. They can be added again.

    Raises NotFound, StockWouldGoNegative (orders wait for it).
    """
    acting = ask(by, Permission.STOCK)
    pool = await pool_of(session, by, product_id)
    locked = select(Inventory.quantity_in_stock - Inventory.quantity_reserved).where(Inventory.product_id == product_id)
    left = await session.scalar(locked.with_for_update()) or 0
    free = select(Unit.id).where(Unit.product_id == product_id, Unit.state == UnitState.FREE)
    if unit_id is not None:
        if left < 1:
            raise StockWouldGoNegative(product=pool.item.product.name, reserved=pool.held)
        free = free.where(Unit.id == unit_id)
    ids = list(await session.scalars(free.order_by(Unit.id.desc()).limit(left)))
    for start in range(0, len(ids), BATCH):
        some = (Unit.id.in_(ids[start : start + BATCH]), Unit.state == UnitState.FREE)
        await changed(session, delete(Unit).where(*some))
    if ids:
        gone = {MovementReason.CORRECTED: -len(ids)}
        await stock.count_units(session, product_id, gone, actor=acting.actor, note="keys withdrawn", now=now)
        data = {"withdrawn": len(ids)}
        note_change(session, pool.item.product, actor=acting.actor, action="units.withdrawn", data=data, now=now)
    return len(ids)


async def export(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> tuple[Product, bytes]:
    """All units of a product as a CSV file (UTF-8), the oldest first; who took it is written down. Raises NotFound."""
    acting = ask(by, Permission.STOCK)
    pool = await pool_of(session, by, product_id)
    query = (
        select(Unit.content, Unit.state, OrderItem.order_id, Unit.claimed_at, Unit.reason)
        .outerjoin(OrderItem, OrderItem.id == Unit.order_item_id)
        .outerjoin(Order, Order.id == OrderItem.order_id)
        .where(Unit.product_id == product_id)
        .order_by(Unit.id)
    )
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(("key", "state", "order", "sold at", "reason"))
    for content, state, order_id, sold_at, reason in await session.execute(query):
        rows.writerow((content, state.value, order_id or "", sold_at.isoformat() if sold_at else "", reason or ""))
    note_change(session, pool.item.product, actor=acting.actor, action="units.exported", data={}, now=now)
    return pool.item.product, file.getvalue().encode()


async def _new(session: AsyncSession, product_id: int, given: Iterable[NewUnit], told: Added) -> list[NewUnit]:
    """What is not there yet, each once."""
    once: dict[str, NewUnit] = {}
    twice = [one for one in given if once.setdefault(one.fingerprint, one) is not one]
    known: set[str] = set()
    prints = list(once)
    for start in range(0, len(prints), BATCH):
        some = prints[start : start + BATCH]
        query = select(Unit.fingerprint).where(Unit.product_id == product_id, Unit.fingerprint.in_(some))
        known.update(await session.scalars(query))
    twice += [once[print_] for print_ in known]
    told.duplicates = len(twice)
    first = sorted(twice, key=lambda one: one.line)[:NAMED]
    told.first_duplicates = [(one.line, one.content if one.file_id else masked(one.content)) for one in first]
    return [one for print_, one in once.items() if print_ not in known]


def _row(product_id: int, one: NewUnit, now: datetime) -> dict[str, object]:
    return {
        "product_id": product_id,
        "content": one.content,
        "file_id": one.file_id,
        "file_kind": one.file_kind,
        "file_bot_id": one.file_bot_id,
        "fingerprint": one.fingerprint,
        "state": UnitState.FREE,
        "created_at": now,
    }


async def _first(session: AsyncSession, product_id: int, now: datetime) -> bool:
    """Whether these are the first units of the product: until now its stock was a number."""
    number = update(Product).where(Product.id == product_id, Product.pooled_at.is_(None))
    changes_of(session).products.add(product_id)
    return await changed(session, number.values(pooled_at=now, updated_at=now)) == 1
