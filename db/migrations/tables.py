"""What the revisions say about tables: options for MariaDB and MySQL, several columns at once."""

from typing import Any, Final, TypedDict

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn


class TableOptions(TypedDict):
    """Options that only MySQL's dialect reads."""

    mysql_engine: str
    mysql_charset: str
    mysql_collate: str


# The server's own default may be latin1, which cannot hold the names people have.
IN_MYSQL: Final[TableOptions] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_unicode_ci",
}


def one_of(name: str, *values: str) -> sa.Enum:
    """A string column that holds one of `values`, with a CHECK behind it."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def add_columns(table: str, *columns: sa.Column[Any]) -> None:
    """Add several at once: a server copies or locks the table for each statement that changes it."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":  # which adds one at a time, for nothing
        for column in columns:
            op.add_column(table, column)
        return
    sa.Table(table, sa.MetaData(), *columns)
    parts = [f"ADD COLUMN {CreateColumn(column).compile(dialect=bind.dialect)}" for column in columns]
    op.execute(sa.text(f"ALTER TABLE {table} {', '.join(parts)}"))


def drop_columns(table: str, *names: str) -> None:
    """Drop several at once."""
    if op.get_bind().dialect.name == "sqlite":
        for name in names:
            op.drop_column(table, name)
        return
    op.execute(sa.text(f"ALTER TABLE {table} {', '.join(f'DROP COLUMN {name}' for name in names)}"))
