"""What a gift card that was typed came to, wherever codes are typed; a code itself is never said again."""

from collections.abc import Mapping

from bot.words import Html, Words, mark
from shop.credit import Balance

WHY: Mapping[str, str] = {
    "unknown": mark("There is no such gift card. Please check each letter."),
    "redeemed": mark("This gift card was redeemed already."),
    "disabled": mark("This gift card does not count any more. Please ask who sold it."),
    "expired": mark("The time of this gift card is over. Please ask who sold it."),
}


def refused(words: Words, why: str) -> str:
    """Why a card does not hold, as one plain sentence."""
    return words.plain(WHY.get(why, WHY["unknown"]))


def redeemed(words: Words, there: Balance) -> Html:
    """What there is now."""
    return words(
        "🎁 Your credit at {seller} is <b>{amount}</b> now. The checkout uses it.",
        seller=there.seller,
        amount=words.money(there.balance, there.currency),
    )
