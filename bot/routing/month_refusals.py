"""What a refusal about goods that are sold by the month says."""

from collections.abc import Mapping
from typing import Any

from bot.words import Words

Data = Mapping[str, Any]


def sold_monthly(words: Words, data: Data) -> str:
    """It is bought on its page alone."""
    return words.plain("{product} is paid every month: please subscribe on its page.", product=data["product"])


def subscribed_already(words: Words, _data: Data) -> str:
    """Nobody pays twice for the same month."""
    return words.plain("You have this already. Nothing was charged. See /subscriptions.")


def cannot_be_monthly(words: Words, data: Data) -> str:
    """Why it is not sold by the month."""
    if data["why"] == "price":
        most = words.number(data["most"])
        return words.plain(
            "What is paid every month costs 1 to {most} Stars. Please change the price first.", most=most
        )
    if data["why"] == "keys":
        return words.plain("What is paid every month is the same for everybody: it has no keys.")
    if data["why"] == "variants":
        return words.plain("What is paid every month has no variants. Please make another product.")
    return words.plain("Only downloads for Telegram Stars can be paid every month.")
