"""Orders: who may see them, who may move them, and what may be said about them."""

from shop.orders.moves import cancel_by_customer, cancel_by_owner, cancel_pending, complete, ship
from shop.orders.reading import (
    count_to_do,
    get,
    get_for_customer,
    get_for_owner,
    get_to_pay,
    list_for_customer,
    list_for_owner,
    list_unpaid,
    units_of,
)

__all__ = [
    "cancel_by_customer",
    "cancel_by_owner",
    "cancel_pending",
    "complete",
    "count_to_do",
    "get",
    "get_for_customer",
    "get_for_owner",
    "get_to_pay",
    "lifecycle",
    "list_for_customer",
    "list_for_owner",
    "list_unpaid",
    "moves",
    "news",
    "packing",
    "pages",
    "parts",
    "reading",
    "refusals",
    "requests",
    "searching",
    "ship",
    "shipping",
    "sights",
    "units_of",
]
