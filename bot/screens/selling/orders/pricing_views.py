"""The question what sending an order costs, and what its seller reads of it meanwhile."""

from bot.screens.parts import order_text, ways
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.reply import Screen, Sight
from bot.words import Words
from db.models import Order


def ask_price(words: Words, order: Order, *, problem: str = "") -> Screen:
    """Asks for the price; what is to be sent stands above."""
    parts = [
        problem,
        words("🚚 What does sending order {number} cost, in {currency}?", number=order.id, currency=order.currency),
        order_text.sums(words, order, own=True),
    ]
    if gift := order_text.present(words, order):
        parts.append(gift)
    if where := order_text.address(words, order):
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    parts.append(words("Write a number like 12.50; 0 is free. {name} agrees to it or not.", name=order.user.name))
    text = "\n\n".join(part for part in parts if part)
    back = (ways.back(words, OpenSale(order.id)),)
    return Screen(text, (back,), sight=Sight(order.id, order.updated_at, OpenSale(order.id)))
