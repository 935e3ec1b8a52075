"""How the stock of a product came to be what it is: every movement, the newest first, with the stock after it."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, StockMovement, User
from shop.people.permissions import By, Permission, ask
from shop.products.owned import OwnedProduct, get_owned

PEOPLE = frozenset({"owner", "staff", "operator"})  # whose name is told; what customers and jobs do has its reason


class StockChange(Struct, frozen=True):
    """One movement; `after` is what was in stock then, `person` who of the shop's people did it, if one of them did."""

    id: int
    delta: int
    reason: MovementReason
    after: int
    actor: str
    person: str
    order_id: int | None
    note: str | None
    created_at: datetime


class StockHistory(Struct, frozen=True):
    """Some of a product's movements, the newest first."""

    item: OwnedProduct
    changes: tuple[StockChange, ...]
    has_newer: bool
    has_older: bool


async def history(
    session: AsyncSession,
    by: By,
    product_id: int,
    *,
    older: int | None = None,
    newer: int | None = None,
    stock: int = 0,
    limit: int = 10,
) -> StockHistory:
    """A page of a product's movements: the newest ones, those older than a movement, or those newer.

    `stock` is what the page that was on show knew: with `older` the stock before that movement, with `newer` the stock
    after it; so that no page adds up what came between. Three queries, and four for a product.
    Raises NotFound, also when it is not theirs, NotPermitted.
    """
    acting = ask(by, Permission.STOCK)
    item = await get_owned(session, acting, product_id)
    rows, more, after = await _rows(session, product_id, older=older, newer=newer, stock=stock, limit=limit)
    people = await _people(session, rows)
    changes = []
    for row in rows:
        person = people.get(row.actor, "")
        changes.append(
            StockChange(row.id, row.delta, row.reason, after, row.actor, person, row.order_id, row.note, row.created_at)
        )
        after -= row.delta
    return StockHistory(
        item,
        tuple(changes),
        has_newer=more if newer is not None else older is not None,
        has_older=True if newer is not None else more,
    )


async def _rows(
    session: AsyncSession, product_id: int, *, older: int | None, newer: int | None, stock: int, limit: int
) -> tuple[list[StockMovement], bool, int]:
    """The movements of a page, newest first, whether there are more that way, and the stock after the first of them."""
    query = select(StockMovement).where(StockMovement.product_id == product_id)
    if newer is not None:
        query = query.where(StockMovement.id > newer).order_by(StockMovement.id).limit(limit + 1)
        found = list(await session.scalars(query))
        rows = found[:limit][::-1]
        return rows, len(found) > limit, stock + sum(row.delta for row in rows)
    if older is not None:
        query = query.where(StockMovement.id < older)
    # with the stock in the same statement: between two of them something may be sold
    with_stock = query.add_columns(Inventory.quantity_in_stock).join(
        Inventory, Inventory.product_id == StockMovement.product_id
    )
    both = (await session.execute(with_stock.order_by(StockMovement.id.desc()).limit(limit + 1))).all()
    now = stock if older is not None else both[0][1] if both else 0
    return [row[0] for row in both[:limit]], len(both) > limit, now


async def _people(session: AsyncSession, rows: list[StockMovement]) -> dict[str, str]:
    """The names of the shop's people behind these movements, by actor."""
    named = {row.actor: row.actor.partition(":") for row in rows}
    ids = {actor: int(number) for actor, (kind, _, number) in named.items() if kind in PEOPLE and number.isdecimal()}
    if not ids:
        return {}
    found = await session.execute(select(User.id, User.name).where(User.id.in_(set(ids.values()))))
    names: dict[int, str] = {row.id: row.name for row in found}
    return {actor: names.get(number, "") for actor, number in ids.items()}
