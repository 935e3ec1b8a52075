"""An order by its number: whose side of it a person is on, and the key that opens it for them."""

from bot.routing.visit import Visit
from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.reply import Key, Lead
from db.numbers import read_id
from shop.orders import searching


def number_and_rest(argument: str) -> tuple[int | None, str]:
    """The order's number and what follows it: "1042 LX12" or "#1042"."""
    first, _, rest = argument.strip().partition(" ")
    return read_id(first.lstrip("#")), rest.strip()


async def open_number(visit: Visit, order_id: int) -> Lead | None:
    """The order with this number, if it is any of this person's: as its seller sees it, else as its customer does."""
    key = await key_of_number(visit, order_id)
    return None if key is None or key.button is None else Lead(key.button)


async def key_of_number(visit: Visit, order_id: int) -> Key | None:
    """The key that opens the order with this number, if it is any of this person's. One statement."""
    async with visit.db.read() as session:
        sides = await searching.parties(session, visit.seller, order_id)
    words = visit.words
    if sides.sells and visit.sells:
        return Key(words.plain("🧾 Order {number}", number=order_id), OpenSale(order_id))
    return Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id)) if sides.buys else None
