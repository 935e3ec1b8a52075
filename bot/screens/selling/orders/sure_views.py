"""What a seller is asked before what cannot be undone: cancelling an order, and completing one too early."""

from markupsafe import Markup

from bot.screens.parts import ways
from bot.screens.parts.asking import goods
from bot.screens.parts.methods import method_name
from bot.screens.selling.orders.buttons import CancelSale, CompleteAnyway, OpenSale
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Order
from shop.orders.news import BY_HAND
from shop.orders.standing import is_paid, is_unsent, money_left


def ask_reason(words: Words, order: Order, reason: str) -> Screen:
    """Before an order is cancelled: whose it is, what becomes of its money and its goods, and why."""
    parts = [
        words("✕ Cancel order <b>{number}</b> of {name}?", number=order.id, name=order.user.name),
        _money_goes_back(words, order),
        words("📦 Back into stock:") + "\n" + goods(words, order.items),
        words("The customer reads: {reason}", reason=reason)
        if reason
        else words("Write why: the customer will read it."),
    ]
    left = money_left(order)
    label = words.plain("✕ Cancel without a reason")
    if reason:
        parts[-1] = words("The customer reads: {reason}", reason=reason)
        label = words.plain("✕ Cancel the order")
        if left:
            label = words.plain("✕ Cancel, {amount} back", amount=words.money(left, order.currency))
    return Screen(
        "\n\n".join(str(part) for part in parts),
        ((Key(label, CancelSale(order.id, sure=True)),), (ways.back(words, OpenSale(order.id)),)),
    )


def ask_complete(words: Words, order: Order) -> Screen:
    """Before an order is completed that was not sent, or not paid."""
    parts = [words("🎉 Complete order <b>{number}</b> of {name}?", number=order.id, name=order.user.name)]
    if is_unsent(order):
        parts.append(words("⚠️ It was not marked as sent. Complete it if the customer has the goods."))
    rows: list[tuple[Key, ...]] = []
    label = words.plain("🎉 Complete")
    if not is_paid(order):
        amount = words.money(order.total_price, order.currency)
        how = method_name(words, order.payment_method or "")
        parts.append(words("⚠️ It is not paid yet: {amount}, {method}. Did the money come?", amount=amount, method=how))
        label = words.plain("🎉 Complete, not paid yet")
        if order.payment_method in BY_HAND:
            came = words.plain("💶 {amount} came, complete", amount=amount)
            rows.append((Key(came, CompleteAnyway(order.id, paid=True)),))
    parts.append(words("This cannot be undone."))
    rows += [(Key(label, CompleteAnyway(order.id)),), (ways.back(words, OpenSale(order.id)),)]
    return Screen("\n\n".join(str(part) for part in parts), tuple(rows))


def _money_goes_back(words: Words, order: Order) -> Markup:
    left = money_left(order)
    if not left:
        return words("It is not paid: no money goes back.")
    amount = words.money(left, order.currency)
    if order.payment_method in BY_HAND:
        return words("💸 {amount} is to be given back by hand: please give it back yourself.", amount=amount)
    return words("💸 {amount} goes back to {name} at once.", amount=amount, name=order.user.name)
