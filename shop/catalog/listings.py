"""Keeping what lists are sorted and filtered by: the schedule follows every change, a bounded batch at a time.

Every change of a product or its stock carries the moment it was made, and every sale is a movement of stock. The marks
up to which they were followed are rows of `leases`, moved by a conditional UPDATE in the transaction that follows: two
processes that work at once do it once. What changed within the last seconds waits, until nothing can come before it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import BoughtTogether, Inventory, Lease, Listing, MovementReason, Product, StockMovement
from db.session import Database
from db.writes import changed, insert_once
from shop.catalog.pages import offered, page_of, rows_of
from shop.clock import Clock

BATCH = 30  # rows in one transaction: it holds up nobody
ROUNDS = 200  # transactions at one tick
SETTLED = timedelta(seconds=5)  # clocks of replicas may differ by this, and a transaction may take this long
LINES = 8  # products of one order that are said to belong together
KEPT = 30  # of those that are bought with one product
DOUBT, MIDDLE = 5, 3_500  # so many ratings of so many thousandths are added to each product's own
BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


async def follow(db: Database, clock: Clock) -> int:
    """Bring listings up to date; how many transactions it took (a flow)."""
    for done in range(ROUNDS):
        now = clock.now()
        steps = (_changed_products, _changed_stock, _turned, _sales)
        if not any([await db.transact(partial(step, now=now)) for step in steps]):
            return done
    return ROUNDS


async def _changed_products(session: AsyncSession, *, now: datetime) -> bool:
    """Products that were written since."""
    query = select(Product.id, Product.parent_id, Product.updated_at)
    return await _changed(session, "products", query, Product.updated_at, Product.id, now)


async def _changed_stock(session: AsyncSession, *, now: datetime) -> bool:
    """Products whose stock was written since."""
    query = select(Inventory.product_id.label("id"), Product.parent_id, Inventory.updated_at)
    query = query.join(Product, Product.id == Inventory.product_id)
    return await _changed(session, "stock", query, Inventory.updated_at, Inventory.product_id, now)


async def _changed(session: AsyncSession, what: str, query: Any, at: Any, number: Any, now: datetime) -> bool:
    """Rows of the marked moment that are still to come, then those of later moments; each a look along the index."""
    mark = await _mark(session, what)
    same = query.where(at == mark[0], number > mark[1]).order_by(number)
    later = query.where(at > mark[0], at <= now - SETTLED).order_by(at, number)
    rows = list((await session.execute(same.limit(BATCH))).all())
    if len(rows) < BATCH:
        rows += (await session.execute(later.limit(BATCH - len(rows)))).all()
    if not rows or not await _move(session, what, mark, (rows[-1].updated_at, rows[-1].id)):
        return False
    await _write(session, {row.parent_id or row.id for row in rows}, now)
    return len(rows) == BATCH


async def _turned(session: AsyncSession, *, now: datetime) -> bool:
    """Products of which a sale began or ended by the clock."""
    query = select(Listing.product_id).where(Listing.turns_at <= now).order_by(Listing.turns_at).limit(BATCH)
    ids = set(await session.scalars(query))
    await _write(session, ids, now)
    return len(ids) == BATCH


async def _sales(session: AsyncSession, *, now: datetime) -> bool:
    """What was sold since, and what with what."""
    moment, number = await _mark(session, "sales")
    query = (
        select(StockMovement.id, StockMovement.order_id, StockMovement.delta, StockMovement.reason)
        .add_columns(StockMovement.product_id, Product.parent_id)
        .join(Product, Product.id == StockMovement.product_id)
        .where(StockMovement.id > number, StockMovement.created_at <= now - SETTLED)
    )
    rows = (await session.execute(query.order_by(StockMovement.id).limit(BATCH))).all()
    if not rows or not await _move(session, "sales", (moment, number), (moment, rows[-1].id)):
        return False
    units: defaultdict[int, int] = defaultdict(int)
    baskets: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.reason is MovementReason.SOLD:
            product_id = row.parent_id or row.product_id
            units[product_id] -= row.delta
            baskets[row.order_id or 0].add(product_id)
    for product_id, sold in sorted(units.items()):
        mine = update(Listing).where(Listing.product_id == product_id)
        await changed(session, mine.values(sold=Listing.sold + sold))
    baskets.pop(0, None)
    await _join(session, baskets.values())
    return len(rows) == BATCH


async def _join(session: AsyncSession, baskets: Iterable[set[int]]) -> None:
    """Note what was bought together, and forget what seldom is."""
    pairs: defaultdict[tuple[int, int], int] = defaultdict(int)
    for basket in baskets:
        some = sorted(basket)[:LINES]
        for one in some:
            for other in some:
                if one != other:
                    pairs[one, other] += 1
    for (one, other), times in sorted(pairs.items()):
        mine = (BoughtTogether.product_id == one, BoughtTogether.other_id == other)
        more = update(BoughtTogether).where(*mine).values(times=BoughtTogether.times + times)
        if not await changed(session, more):
            await insert_once(session, BoughtTogether, product_id=one, other_id=other, times=times)
    for one in sorted({one for one, _ in pairs}):
        often = select(BoughtTogether.other_id).where(BoughtTogether.product_id == one)
        often = often.order_by(BoughtTogether.times.desc(), BoughtTogether.other_id.desc())
        seldom = list(await session.scalars(often.offset(KEPT).limit(BATCH)))
        if seldom:
            gone = (BoughtTogether.product_id == one, BoughtTogether.other_id.in_(seldom))
            await changed(session, delete(BoughtTogether).where(*gone))


async def _write(session: AsyncSession, ids: set[int], now: datetime) -> None:
    """Write the listings of these products as they are now; of what is not on sale there is none."""
    if not ids:
        return
    rows = await rows_of(session, offered().where(Product.id.in_(sorted(ids))).order_by(Product.id), len(ids))
    products = {product.id: product for product, _ in rows}
    page = await page_of(session, rows, after_id=None, before_id=None, limit=len(ids), now=now)
    query = select(Listing.product_id, Listing.sold).where(Listing.product_id.in_(sorted(ids)))
    sold = {row.product_id: row.sold for row in await session.execute(query)}
    written = [
        {
            "product_id": item.id,
            "category_id": products[item.id].category_id or 0,
            "price": item.price,
            "on_sale": item.was is not None,
            "in_stock": item.available > 0,
            "rating": _rating(products[item.id].rating_sum, item.rating_count),
            "sold": sold.get(item.id, 0),
            "turns_at": item.turns_at,
        }
        for item in page.items
    ]
    await changed(session, delete(Listing).where(Listing.product_id.in_(sorted(ids))))
    if written:
        await session.execute(insert(Listing), written)


def _rating(total: int, count: int) -> int:
    """Thousandths of a star: one rating of five stars does not come before a hundred of nearly five."""
    return (1000 * total + DOUBT * MIDDLE) // (count + DOUBT) if count else 0


async def _mark(session: AsyncSession, what: str) -> tuple[datetime, int]:
    """Up to where changes were followed: a moment, and an id among those of that moment."""
    query = select(Lease.last_run_at, Lease.owner).where(Lease.name == f"mark:listings of {what}")
    row = (await session.execute(query)).one_or_none()
    return (BEGINNING, 0) if row is None else (row.last_run_at or BEGINNING, int(row.owner))


async def _move(session: AsyncSession, what: str, before: tuple[datetime, int], after: tuple[datetime, int]) -> bool:
    """Move the mark; False when somebody else moved it."""
    name = f"mark:listings of {what}"
    values = {"owner": str(after[1]), "last_run_at": after[0], "lease_until": after[0]}
    if before == (BEGINNING, 0):
        return await insert_once(session, Lease, name=name, **values)
    same = (Lease.name == name, Lease.owner == str(before[1]), Lease.last_run_at == before[0])
    return await changed(session, update(Lease).where(*same).values(**values)) == 1
