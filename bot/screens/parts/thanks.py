"""Thanks for a payment."""

from msgspec.structs import replace

from bot.sending.reply import Screen
from bot.words import Words
from db.models import Order


def thanks(words: Words, order: Order, card: Screen) -> Screen:
    """The money is here: the receipt, and from now on the order's status card."""
    paid = order.payment.amount - order.payment.refunded_amount if order.payment is not None else order.total_price
    said = words(
        "✅ <b>Thank you.</b> {amount} arrived, order {number} is paid.",
        amount=words.money(paid, order.currency),
        number=order.id,
    )
    return replace(card, text=f"{said}\n\n{card.text}", fresh=True)
