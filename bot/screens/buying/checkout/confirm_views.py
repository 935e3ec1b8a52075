"""The last look before an order is placed: goods, the way it is sent, the address, and what is charged."""

from bot.screens.buying.checkout.buttons import ChangeAddress, ConfirmOrder, PayOrder
from bot.screens.buying.orders.buttons import CancelOrder
from bot.screens.parts import order_text
from bot.screens.parts.methods import method_name
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Order


def confirm(words: Words, order: Order, method: str, *, several: bool, toast: str | None = None) -> Screen:
    """Everything about an order that one more tap makes binding."""
    amount = words.money(order.total_price, order.currency)
    parts = [
        words("🧾 <b>Your order</b> from {seller}", seller=order.owner.name),
        order_text.sums(words, order),
        words("Payment: {method}", method=method_name(words, method)),
    ]
    if where := order_text.address(words, order):
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 Note:\n<blockquote>{note}</blockquote>", note=order.note))
    others = ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),),) if several else ()
    return Screen(
        "\n\n".join(parts),
        (
            (
                Key(
                    words.plain("✅ Order now · {amount}", amount=amount),
                    ConfirmOrder(order.id, method, order.total_price),
                ),
            ),
            (Key(words.plain("✏️ Change the address"), ChangeAddress(order.id, method)),),
            *others,
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=True)),),
        ),
        toast=toast,
    )
