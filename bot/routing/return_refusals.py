"""What a refusal to take goods back says."""

from collections.abc import Mapping
from typing import Any

from bot.words import Words, mark

Data = Mapping[str, Any]

WHY = {
    "off": mark("This shop takes nothing back by itself. Write to the seller."),
    "digital": mark("What was downloaded cannot be sent back. Write to the seller if it does not work."),
    "not_arrived": mark("Order {number} was not sent yet, or is cancelled: nothing of it can come back."),
    "late": mark("The time to send order {number} back is over. Write to the seller if something is wrong with it."),
    "nothing": mark("Choose first what comes back."),
    "left": mark("So many pieces of it are not left to send back."),
    "many": mark("There were enough returns of order {number}. Please write to each other."),
}
STANDS = {
    "asked": mark("This return waits for the seller."),
    "agreed": mark("This return was agreed to already."),
    "received": mark("The goods of this return are back already."),
    "refunded": mark("The money of this return was decided already."),
    "closed": mark("This return was ended already."),
    "declined": mark("This return was declined already."),
    "withdrawn": mark("The customer keeps it after all."),
}


def cannot_return(words: Words, data: Data) -> str:
    """Why nothing comes back; plain text."""
    return words.plain(WHY.get(str(data.get("why")), WHY["left"]), number=data.get("order_id") or "")


def return_moved(words: Words, data: Data) -> str:
    """Where the return stands; plain text."""
    return words.plain(STANDS.get(str(data.get("status")), STANDS["closed"]))
