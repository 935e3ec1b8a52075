"""What a refusal to move an order says: where the order stands, and the next thing that can be done about it."""

from collections.abc import Mapping
from typing import Any

from bot.words import Words, mark

Data = Mapping[str, Any]

WAITS = {
    "money": mark("Order {number} is not paid yet."),
    "seller": mark("Order {number} waits for you. Accept it first."),
    "address": mark("Order {number} still waits for its address: the customer is writing it."),
}
WAITS_HERE = {  # said to the customer
    "money": mark("Order {number} is not paid yet."),
    "seller": mark("Order {number} waits for its seller."),
    "address": mark("Order {number} waits for your address."),
}
STANDS = {
    "processing": mark("Order {number} is being prepared."),
    "shipped": mark("Order {number} is already on its way."),
    "completed": mark("Order {number} is already completed."),
    "cancelled": mark("Order {number} is cancelled."),
}
NEXT = {  # by what was wanted, and where it stands
    ("cancelled", "shipped"): mark("When the goods are back, give the money back: /refund {number} restock"),
    ("cancelled", "completed"): mark("Its money can still be given back: /refund {number}"),
}
NEXT_HERE = {
    ("cancelled", "processing"): mark("Write to the seller if you do not want it any more."),
    ("cancelled", "shipped"): mark("Write to the seller if something is wrong with it."),
    ("cancelled", "completed"): mark("Write to the seller if something is wrong with it."),
}


def wrong_status(words: Words, data: Data) -> str:
    """Where the order stands, and what comes next; plain text."""
    number, status, wanted = data.get("order_id"), str(data.get("status")), str(data.get("wanted"))
    here = bool(data.get("by_customer"))
    waits = data.get("waits_for")
    stands = (WAITS_HERE if here else WAITS).get(str(waits)) if waits else STANDS.get(status)
    if number is None or stands is None:
        return words.plain("The order has moved on. Please look at it again.")
    said = [words.plain(stands, number=number)]
    if wanted == "shipped" and data.get("digital"):
        said = [words.plain("Order {number} has nothing to send.", number=number)]
    way_on = (NEXT_HERE if here else NEXT).get((wanted, status))
    if way_on is not None:
        said.append(words.plain(way_on, number=number))
    return " ".join(said)


def nothing_to_refund(words: Words, data: Data) -> str:
    """Whether money ever came, which is the difference between a mistake and a second try."""
    if data.get("never_paid"):
        return words.plain("Order {number} was never paid: there is nothing to give back.", number=data.get("order_id"))
    return words.plain("There is nothing left to give back.")
