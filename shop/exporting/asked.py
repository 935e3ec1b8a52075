"""What may be exported, by whom, and how the file is written."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from shop.exporting.periods import Stretch
from shop.people.permissions import Acting, Permission


class Table(StrEnum):
    """What the rows of a table are about."""

    PRODUCTS = "products"
    ORDERS = "orders"
    LINES = "lines"  # of orders
    CUSTOMERS = "customers"
    MONEY = "money"  # every payment and every refund
    RETURNS = "returns"  # a row for each line of goods
    RECEIPTS = "receipts"  # each at each of its rates of tax


# whoever has one of these may have the table
NEEDS: Mapping[Table, tuple[Permission, ...]] = {
    Table.PRODUCTS: (Permission.CATALOGUE,),
    Table.ORDERS: (Permission.ORDERS,),
    Table.LINES: (Permission.ORDERS, Permission.MONEY),
    Table.CUSTOMERS: (Permission.ORDERS,),
    Table.MONEY: (Permission.MONEY,),
    Table.RETURNS: (Permission.ORDERS,),
    Table.RECEIPTS: (Permission.MONEY,),
}


class Asked(Struct, frozen=True):
    """A table of a stretch of time, as a workbook or (`csv`) as text."""

    table: Table
    stretch: Stretch
    csv: bool = False


class TooMuch(Exception):  # noqa: N818  the way out of the writing
    """There are more rows than were asked for at most."""


def tables_for(acting: Acting) -> tuple[Table, ...]:
    """The tables that this person may have."""
    return tuple(table for table in Table if acting.may(*NEEDS[table]))
