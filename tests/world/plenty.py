"""A shop with very much of everything, made inside the database: a hundred thousand products, a million orders.

What grows is the past: products on the shelves and orders that are done with. What is in hand (unpaid, to be shipped,
to be told) is as little in a large shop as in a small one, because somebody works it off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    text,
    true,
)

from db.base import Base
from db.models import AdminEvent, Category, Inventory, Product, ProductTerm, StockMovement, User
from db.models.term import STEP as STEP_OF_TERMS
from db.session import Database
from db.terms import PIECE, Answer, terms_of
from tests.world.people import ANN, IVAN, OLGA, user

Number = ColumnElement[int]

STEP = 10_000  # rows of one statement
SHELVES = 5
ROUND = 10  # of ten products one has three variants, one is archived, five are for sale as they are
HOT = 5  # the product that every tenth order is for
PLENTY = 1_000_000
HELD = 100  # units of each product, more than the unpaid orders have
FRESH = 20  # products that were changed lately
DESCRIPTION = "One of very many, as good as the others."

numbers = Table(
    "numbers", MetaData(), Column("n", BigInteger, primary_key=True, autoincrement=False), prefixes=["TEMPORARY"]
)
QUICK = {
    "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    "mysql": ("SET foreign_key_checks = 0", "SET foreign_key_checks = 1"),
    "sqlite": ("PRAGMA defer_foreign_keys = ON", "PRAGMA defer_foreign_keys = OFF"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large the shop is, and who is who in it."""

    products: int
    orders: int
    customers: int
    first_customer: int
    seller: int
    other_seller: int
    regular: int
    now: datetime

    def long_ago(self, start: int) -> datetime:
        """When the orders from the one with this number on were done with: weeks ago, the first ones first."""
        return self.now - timedelta(days=20 + (self.orders - start) // STEP)


async def fill(db: Database, *, products: int, orders: int, now: datetime) -> Size:
    """Fill an empty, migrated database, and let it look at what it holds as a server does by itself after a while."""
    async with db.begin() as session:
        olga, ivan, ann = [await user(session, who, now=now) for who in (OLGA, IVAN, ANN)]
        session.add_all(Category(id=place, name=f"Shelf {place}", position=place) for place in range(1, SHELVES + 1))
        await session.flush()
        size = Size(products, orders, max(orders // 2, 100), 1000, olga.id, ivan.id, ann.id, now)
        connection = await session.connection()
        await connection.run_sync(_fill, size)
    async with db.engine.connect() as connection:
        await connection.run_sync(_look)
    return size


def steps(total: int) -> Iterator[tuple[int, int]]:
    """Where each statement begins (counted from 0), and how many rows it writes."""
    return ((start, min(STEP, total - start)) for start in range(0, total, STEP))


def write(
    connection: Connection, table: type[Base], count: int, where: ColumnElement[bool] | None = None, **values: Any
) -> None:
    """Insert `count` rows (fewer with `where`), each with these values of its number `numbers.c.n`."""
    columns = Base.metadata.tables[table.__tablename__].c
    row = [
        value if isinstance(value, ColumnElement) else literal(value, columns[name].type)
        for name, value in values.items()
    ]
    rows = select(*row).where(numbers.c.n < count)
    if where is not None:
        rows = rows.where(where)
    connection.execute(insert(table).from_select(list(values), rows, include_defaults=False))


def named(prefix: str, number: Number) -> ColumnElement[str]:
    """A text that ends in a number."""
    return literal(prefix, String) + cast(number, String(20))


def _fill(connection: Connection, size: Size) -> None:
    from tests.world.plenty_orders import write_orders

    before, after = QUICK[connection.dialect.name]
    connection.execute(text(before))
    numbers.create(connection)
    connection.execute(insert(numbers), [{"n": number} for number in range(STEP)])
    for start, count in steps(size.customers):
        _customers(connection, size, numbers.c.n + start, count)
    for start, count in steps(size.products):
        _products(connection, size, numbers.c.n + (start + 1), count)
    for start, count in steps(size.orders):
        write_orders(connection, size, numbers.c.n + (start + 1), start, count)
    numbers.drop(connection)
    connection.execute(text(after))
    if connection.dialect.name == "postgresql":
        for name, table in Base.metadata.tables.items():
            if table.autoincrement_column is not None:
                following = f"pg_get_serial_sequence('{name}', 'id'), coalesce(max(id), 0) + 1, false"
                connection.execute(text(f"SELECT setval({following}) FROM {name}"))


def _customers(connection: Connection, size: Size, number: Number, count: int) -> None:
    write(
        connection,
        User,
        count,
        id=number + size.first_customer,
        telegram_id=number + 5_000_000,
        username=named("guest_", number),
        username_folded=named("guest_", number),
        name=named("Guest ", number),
        role="customer",
        language="en",
        reachable=True,
        created_at=size.now,
        updated_at=size.now,
    )


def _products(connection: Connection, size: Size, number: Number, count: int) -> None:
    long_ago = size.long_ago(0)
    touched = case(
        (size.products - number < FRESH, literal(size.now - timedelta(days=1), Product.updated_at.type)),
        else_=literal(long_ago, Product.updated_at.type),
    )
    place = number % ROUND
    parent = place == 0
    variant = place.between(1, 3)
    write(
        connection,
        Product,
        count,
        id=number,
        owner_id=case((place == 8, size.other_seller), else_=size.seller),
        parent_id=case((variant & (number > ROUND), number - place), else_=null()),
        category_id=case((place == 7, null()), else_=number // ROUND % SHELVES + 1),
        sku=named("BULK-", number),
        sku_folded=named("bulk-", number),
        name=named("Product ", number),
        option_label=case((variant, named("Kind ", place)), else_=null()),
        position=place,
        description=DESCRIPTION,
        price=number % 900 + 100,
        currency="EUR",
        kind="physical",
        rating_sum=0,
        rating_count=0,
        archived_at=case((place == 9, literal(long_ago, Product.archived_at.type)), else_=null()),
        created_at=long_ago,
        updated_at=touched,
    )
    stock: dict[str, Any] = {
        "quantity_in_stock": PLENTY,
        "quantity_reserved": HELD,
        "low_stock_at": 0,
        "updated_at": touched,
    }
    write(connection, Inventory, count, ~parent, product_id=number, **stock)
    moved: dict[str, Any] = {"delta": PLENTY, "reason": "received", "actor": "system:test", "created_at": long_ago}
    write(connection, StockMovement, count, ~parent, product_id=number, **moved)
    event: dict[str, Any] = {"actor": "system:test", "action": "product.created", "created_at": long_ago}
    write(connection, AdminEvent, count, subject=named("product:", number), data={}, **event)
    top = ~variant | (number <= ROUND)
    for term, answer in sorted(terms_of("Product", DESCRIPTION).items()):
        write(connection, ProductTerm, count, top, term=term, place=number + answer * STEP_OF_TERMS, product_id=number)
    digits = cast(number, String(20))
    for length in range(1, len(str(size.products)) + 1):
        part = func.substr(digits, 1, length)
        behind = case((func.length(digits) == length, literal(0, BigInteger)), else_=literal(STEP_OF_TERMS, BigInteger))
        row = {"term": part, "place": number + behind, "product_id": number}
        write(connection, ProductTerm, count, top & (func.length(digits) >= length), **row)
    for start in range(1, len(str(size.products)) - PIECE + 2):
        piece = func.substr(digits, start, PIECE)
        is_new = and_(*(piece != func.substr(digits, earlier, PIECE) for earlier in range(1, start)), true())
        there = top & (func.length(digits) >= start + PIECE - 1) & is_new
        row = {"term": literal("*").concat(piece), "place": number + Answer.PIECE * STEP_OF_TERMS, "product_id": number}
        write(connection, ProductTerm, count, there, **row)


def _look(connection: Connection) -> None:
    """Let the database count what it holds."""
    names = list(Base.metadata.tables)
    if connection.dialect.name == "mysql":
        connection.execute(text(f"ANALYZE TABLE {', '.join(names)}"))
    elif connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))
    connection.commit()
