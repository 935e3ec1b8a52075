"""The carriers to choose from, two on a row, by pages."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import ChooseCarrier, OpenSale, SetCarrier
from bot.sending.reply import Key, Screen, Sight
from bot.words import Html, Words
from db.models import Order
from shop.policy import Carrier

PAGE = 12
ROW = 2


def carriers(words: Words, order: Order, offered: Sequence[Carrier], page: int) -> Screen:
    """A page of those who may carry it."""
    page = max(0, min(page, (len(offered) - 1) // PAGE))
    shown = offered[page * PAGE : (page + 1) * PAGE]
    text = words("🔗 Who carries the parcel of order {number}?", number=order.id)
    if order.tracking:
        text += Html("\n<code>{}</code>").format(order.tracking)
    text += words("\n\nThe customer gets a link to it.")
    keys = [Key(one.name, SetCarrier(order.id, one.id)) for one in shown]
    turning = ways.pages(
        words,
        ChooseCarrier(order.id, page - 1) if page else None,
        ChooseCarrier(order.id, page + 1) if (page + 1) * PAGE < len(offered) else None,
    )
    rows = [tuple(keys[at : at + ROW]) for at in range(0, len(keys), ROW)]
    sight = Sight(order.id, order.updated_at, OpenSale(order.id))
    return Screen(text, (*rows, turning, (ways.back(words, OpenSale(order.id)),)), sight=sight)
