"""Column types that behave the same on SQLite, PostgreSQL and MariaDB/MySQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)

# SQLite only auto-increments a column declared exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, naive UTC with microseconds in the database.

    SQLite and MariaDB drop the time zone silently and MariaDB drops microseconds unless asked (DATETIME(6)).
    Raises ValueError when a naive datetime is bound.
    """

    impl: type[DateTime] = DateTime  # type: ignore[mutable-override]  # SQLAlchemy's documented form
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Ask MySQL and MariaDB for microseconds."""
        if dialect.name in {"mysql", "mariadb"}:
            from sqlalchemy.dialects import mysql  # noqa: PLC0415  loaded already where it is spoken, nowhere else

            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's name
        """Store naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime was given where an aware one is needed"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's name
        """Return aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def key(length: int = 191) -> String:
    """A string compared byte by byte: ids, keys, SKUs (MariaDB's default collation makes 'Ä' equal 'ä')."""
    return String(length).with_variant(String(length, collation="utf8mb4_bin"), "mysql", "mariadb")


def text_column() -> Text:
    """Long text written by people: no limit but the database's (64 KB on MariaDB and MySQL)."""
    return Text()


def enum_column(kind: type[E], name: str) -> Enum:
    """An enum kept as a string with a CHECK, so that all databases refuse a bogus value alike."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )
