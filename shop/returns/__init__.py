"""Returns: a customer sends pieces of an order back, its seller agrees, gets them, and gives the money back."""

from shop.returns.answering import agree, decline, start
from shop.returns.asking import ask_back, withdraw
from shop.returns.reading import (
    count_waiting,
    get_for_customer,
    get_for_owner,
    list_for_owner,
    of_order,
    of_own_order,
)
from shop.returns.receiving import receive

__all__ = [
    "agree",
    "ask_back",
    "asking",
    "count_waiting",
    "decline",
    "get_for_customer",
    "get_for_owner",
    "list_for_owner",
    "moving",
    "of_order",
    "of_own_order",
    "paying",
    "reading",
    "receive",
    "refusals",
    "reminding",
    "rule",
    "start",
    "withdraw",
]
