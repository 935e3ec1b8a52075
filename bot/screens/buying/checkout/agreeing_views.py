"""The seller's price of sending, to be agreed to."""

from datetime import datetime

from bot.screens.buying.checkout.buttons import AgreePrice
from bot.screens.buying.orders.buttons import CancelOrder, OpenOrder
from bot.screens.parts import order_text
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words
from db.models import Order


def offered(words: Words, order: Order, *, now: datetime) -> Screen:
    """What it comes to, with yes and no."""
    amount = words.money(order.shipping, order.currency)
    parts = [
        words(
            "🚚 {seller} sends order {number} for <b>{amount}</b>. Do you agree?",
            seller=order.owner.name,
            number=order.id,
            amount=amount,
        ),
        order_text.sums(words, order),
    ]
    if order.expires_at is not None and order.expires_at > now:
        parts.append(words("Reserved for you until {time}.", time=words.deadline(order.expires_at, now)))
    return Screen(
        "\n\n".join(parts),
        (
            (agree_key(words, order),),
            (Key(words.plain("✕ No, cancel the order"), CancelOrder(order.id, card=True)),),
            (Key(words.plain("📦 The order"), OpenOrder(order.id, card=True)),),
        ),
        sight=Sight(order.id, order.updated_at, OpenOrder(order.id, card=True)),
    )


def agree_key(words: Words, order: Order) -> Key:
    """Yes to the total as it is shown."""
    total = words.money(order.total_price, order.currency)
    return Key(words.plain("✅ Agree · {amount}", amount=total), AgreePrice(order.id, order.total_price))
