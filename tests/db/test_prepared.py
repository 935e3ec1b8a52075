"""Prepared statements do what the statements do that they are made of, on every database."""

from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.models import Role, User
from db.prepared import PreparedRead, PreparedWrite
from tests.world.clock import START

TABLE = Base.metadata.tables["users"]
GIVEN = ("telegram_id", "name", "role", "dark_charts", "reachable", "created_at", "updated_at")
ADD = PreparedWrite(insert(TABLE), GIVEN)
READ = PreparedRead(
    select(User.id, User.name, User.role, User.reachable, User.created_at, User.email)
    .where(User.role == bindparam("role", type_=TABLE.c.role.type), User.name != "100%")
    .order_by(User.id)
)
RENAME = PreparedWrite(
    update(TABLE)
    .where(TABLE.c.id == bindparam("person"))
    .values(name=TABLE.c.name + ", late", created_at=bindparam("now", type_=TABLE.c.created_at.type))
)


def person(number: int, name: str) -> dict[str, Any]:
    """What an INSERT is given."""
    once = {"created_at": START, "updated_at": START}
    return {"telegram_id": number, "name": name, "role": Role.ADMIN, "dark_charts": False, "reachable": True, **once}


async def test_what_is_written_is_read_as_it_was_given(session: AsyncSession) -> None:
    connection = await session.connection()

    first = await connection.run_sync(ADD.add, person(1, "Ann"))
    second = await connection.run_sync(ADD.add, person(2, "Bob’s 5%"))
    await connection.run_sync(ADD.add, person(3, "100%"))

    assert await connection.run_sync(READ.rows, {"role": Role.ADMIN}) == [
        (first, "Ann", Role.ADMIN, True, START, None),
        (second, "Bob’s 5%", Role.ADMIN, True, START, None),
    ]
    assert await connection.run_sync(READ.rows, {"role": Role.CUSTOMER}) == []


async def test_an_update_says_how_many_it_found(session: AsyncSession) -> None:
    connection = await session.connection()
    ann = await connection.run_sync(ADD.add, person(1, "Ann"))
    later = START.replace(microsecond=123456)

    changed = await connection.run_sync(RENAME.run, {"person": ann, "now": later})
    missed = await connection.run_sync(RENAME.run, {"person": ann + 1, "now": later})

    assert (changed.rowcount, missed.rowcount) == (1, 0)
    [(_, name, *_, created_at, _email)] = await connection.run_sync(READ.rows, {"role": Role.ADMIN})
    assert (name, created_at) == ("Ann, late", later)


async def test_a_value_that_is_missing_is_no_null(session: AsyncSession) -> None:
    connection = await session.connection()

    with pytest.raises(KeyError, match="name"):
        await connection.run_sync(ADD.add, {key: value for key, value in person(1, "").items() if key != "name"})


async def test_a_column_that_would_fill_itself_has_to_be_given(session: AsyncSession) -> None:
    connection = await session.connection()
    forgetful = PreparedWrite(insert(TABLE), [name for name in GIVEN if name != "reachable"])

    with pytest.raises(ValueError, match="reachable"):
        await connection.run_sync(forgetful.add, person(1, "Ann"))
