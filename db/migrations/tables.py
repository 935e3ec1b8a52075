"""What every CREATE TABLE in the revisions says to MariaDB and MySQL."""

from typing import Final, TypedDict

import sqlalchemy as sa


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
