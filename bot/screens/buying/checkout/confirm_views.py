"""The last look before an order is placed: goods, the way it is sent, the address, and what is charged."""

from collections.abc import Sequence

from bot.screens.buying.checkout.buttons import ChangeAddress, ChooseShipping, ConfirmOrder, PayOrder
from bot.screens.buying.orders.buttons import CancelOrder
from bot.screens.parts import order_text, ways
from bot.screens.parts.methods import method_name
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Order
from shop.orders.quotes import WANTED
from shop.policy import ShippingOption


def confirm(
    words: Words,
    order: Order,
    method: str,
    shipping: Sequence[tuple[int, ShippingOption]] = (),
    *,
    typed: bool = False,
    several: bool,
    toast: str | None = None,
) -> Screen:
    """Everything about an order that one more tap makes binding; `shipping`: ways that serve, with their places.

    `typed`: its last question is one step back.
    """
    amount = words.money(order.due, order.currency)
    parts = [
        words("🧾 <b>Your order</b> from {seller}", seller=order.owner.name),
        order_text.sums(words, order),
        words("Payment: {method}", method=method_name(words, method)),
    ]
    if gift := order_text.present(words, order):
        parts.append(gift)
    if where := order_text.address(words, order):
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 Note:\n<blockquote>{note}</blockquote>", note=order.note))
    others = ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),),) if several else ()
    back = (ways.back(words, ChangeAddress(order.id, method, last=True)),) if typed else ()
    return Screen(
        "\n\n".join(parts),
        (
            (
                Key(
                    words.plain("✅ Order, and ask for the price")
                    if order.quote == WANTED
                    else words.plain("✅ Order now · {amount}", amount=amount),
                    ConfirmOrder(order.id, method, order.total_price),
                    style="success",
                ),
            ),
            *_ways(words, order, method, shipping),
            (*back, Key(words.plain("✏️ Change the address"), ChangeAddress(order.id, method))),
            *others,
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=True)),),
        ),
        toast=toast,
    )


def _named(words: Words, way: ShippingOption, order: Order) -> str:
    price = words.money(way.price, order.currency)
    if way.agreed and not order.free_shipping:
        price = words.plain("price after the order")
    return words.plain("{way}: {price}", way=words.named(way.title), price=price)


def _ways(
    words: Words, order: Order, method: str, shipping: Sequence[tuple[int, ShippingOption]]
) -> tuple[tuple[Key, ...], ...]:
    """Two a row, the chosen one marked; nothing where there is one alone."""
    if len(shipping) <= 1:
        return ()
    keys = [
        Key(
            ("● " if way.id == order.shipping_option else "") + _named(words, way, order),
            ChooseShipping(order.id, place, method),
        )
        for place, way in shipping
    ]
    return tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
