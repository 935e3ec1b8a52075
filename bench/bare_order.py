"""What no shop can do without when an order is placed, as plain SQL: the stock, the order, its line, its event."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from db.session import Database

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOLD = (
    "UPDATE inventory SET quantity_reserved = quantity_reserved + 1, updated_at = ?"
    " WHERE product_id = ? AND quantity_in_stock - quantity_reserved >= 1"
)
ORDER = (
    "INSERT INTO orders (user_id, owner_id, status, kind, subtotal, discount, shipping, tax, total_price, currency,"
    " checkout_key, expires_at, created_at, updated_at)"
    " VALUES (?, ?, 'pending', 'physical', 500, 0, 0, 0, 500, 'EUR', ?, ?, ?, ?)"
)
LINE = "INSERT INTO order_items (order_id, product_id, name, quantity, price) VALUES (?, ?, 'A thing', 1, 500)"
EVENT = "INSERT INTO order_events (order_id, to_status, actor, cause, created_at) VALUES (?, 'pending', ?, 'placed', ?)"


class BareOrders:
    """Places orders with four statements in a transaction, sent as text through the shop's own engine."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers = count(1)
        dialect = database.dialect
        self._now: Any = NOW.replace(tzinfo=None)
        if dialect == "sqlite":
            self._now = f"{self._now}.000000"
        self._hold, self._order, self._line, self._event = (
            _written(sql, dialect) for sql in (HOLD, ORDER, LINE, EVENT)
        )
        self._returns = dialect == "postgresql"
        if self._returns:
            self._order += " RETURNING id"

    async def place(self, customer: int, seller: int, product: int) -> None:
        """One order of one unit. Raises AssertionError when it is sold out."""
        now = self._now
        async with self._database.begin() as session:
            connection = await session.connection()
            held = await _run(connection, self._hold, (now, product))
            assert held.rowcount == 1, "sold out"
            key = f"bare.{next(self._numbers)}"
            result = await _run(connection, self._order, (customer, seller, key, now, now, now))
            order = result.scalar_one() if self._returns else result.lastrowid
            await _run(connection, self._line, (order, product))
            await _run(connection, self._event, (order, f"customer:{customer}", now))


async def _run(connection: AsyncConnection, sql: str, parameters: Sequence[Any]) -> CursorResult[Any]:
    return await connection.exec_driver_sql(sql, tuple(parameters))


def _written(sql: str, dialect: str) -> str:
    """The statement with the driver's own place holders."""
    if dialect == "mysql":
        return sql.replace("?", "%s")
    if dialect == "postgresql":
        first, *rest = sql.split("?")
        return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))
    return sql
