"""Units: the keys and files of digital goods that are many, each handed out once and readable by its buyer alone."""

from shop.units.bought import Bought, bought_file, bought_units, come_back
from shop.units.claiming import claim
from shop.units.files import LARGEST, read_file
from shop.units.pool import Added, NewUnit, Pool, add, export, list_units, masked, pool_of, read_lines, withdraw
from shop.units.replacing import Sold, open_unit, put_back_unit, revoke, sold_in

__all__ = [
    "LARGEST",
    "Added",
    "Bought",
    "NewUnit",
    "Pool",
    "Sold",
    "add",
    "bought_file",
    "bought_units",
    "claim",
    "come_back",
    "export",
    "list_units",
    "masked",
    "open_unit",
    "pool_of",
    "put_back_unit",
    "read_file",
    "read_lines",
    "revoke",
    "sold_in",
    "withdraw",
]
