"""Paying every month: what is agreed to, and the link with which Telegram begins it."""

from datetime import datetime

from bot.screens.buying.checkout.buttons import CheckPayment
from bot.screens.buying.orders.buttons import CancelOrder, LeaveCard
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Order
from shop.checkout import CheckoutSummary
from shop.ports import PaymentPage


def head(words: Words, order: CheckoutSummary) -> Html:
    """What this is."""
    return words("⭐ <b>Subscribe</b> at {seller}", seller=order.owner_name)


def charged(words: Words, order: CheckoutSummary) -> Html:
    """What is charged when."""
    price = words.money(order.goods_total + order.taxes.added, order.currency)
    return words(
        "You pay <b>{price}</b> now, and again every 30 days until you cancel: here with /subscriptions, or in "
        "Telegram’s settings. It is delivered here in the chat at once.",
        price=price,
    )


def page(words: Words, order: Order, opened: PaymentPage, *, now: datetime) -> Screen:
    """The link; the message becomes the order's card once it is paid."""
    text = words(
        "⭐ Order <b>{number}</b> — {amount} a month\n\nTelegram asks you once more, then charges it every 30 days "
        "until you cancel. Reserved for you until {time}.",
        number=order.id,
        amount=words.money(order.total_price, order.currency),
        time=words.deadline(opened.expires_at, now),
    )
    keys = (
        (Key(words.plain("⭐ Subscribe"), url=opened.url, style="success"),),
        (Key(words.plain("🔄 I have paid"), CheckPayment(order.id)),),
        (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=True)),),
        (Key(words.plain("🏠 Home"), LeaveCard()),),
    )
    return Screen(text, keys, remember_card=order.id)
