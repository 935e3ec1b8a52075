"""What every question before something final shows: the goods, and why it is asked anew."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.words import Words
from db.models import OrderItem

MOST_GOODS = 20  # lines of an order that a question names


def look_again(words: Words) -> str:
    """Why a question is asked anew; plain text."""
    return words.plain("Nothing was done: please look at this once more.")


def goods(words: Words, items: Sequence[OrderItem]) -> Markup:
    """Goods, a line each; of many the first ones, and how many more."""
    shown: list[Markup] = [
        words("• {n} × {product}", n=words.number(item.quantity), product=item.name_in(words.language))
        for item in items[:MOST_GOODS]
    ]
    if len(items) > MOST_GOODS:
        shown.append(words("… and {n} more", n=words.number(len(items) - MOST_GOODS)))
    return Markup("\n").join(shown)
