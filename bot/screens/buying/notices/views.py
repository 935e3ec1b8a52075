"""What people are told without having asked: short, with the next step one tap away."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.orders.buttons import LeaveCard, OpenOrder, RefillCart, TellProblem
from bot.screens.parts import bought_keys, order_text, order_way
from bot.screens.selling.keys.buttons import AddKeys
from bot.screens.selling.orders.buttons import CancelSale, DeclineCancel, OpenSale
from bot.screens.selling.products.buttons import AskRestock, OpenOwned
from bot.sending.reply import Key, Screen, Sight
from bot.words import Html, Words
from db.models import Order, OrderStatus, Product
from db.texts import name_in, titled
from shop.orders import standing
from shop.orders.news import BY_HAND
from shop.orders.quotes import OFFERED
from shop.orders.requests import ASKED
from shop.units import Bought


def shipped(words: Words, order: Order, now: datetime) -> Screen:
    """It is on its way; once it has arrived or was called off, the message says that."""
    said = words("🚚 Order {number} is on its way.", number=order.id)
    if order.status is not OrderStatus.SHIPPED:
        said = words("📦 Order {number}: {status}", number=order.id, status=order_text.status(words, order))
    for line in (order_way.arrival(words, order, now), order_way.tracking(words, order)):
        said += Html("\n") + line if line else Html()
    return Screen(said, (order_way.keys(words, order), _order(words, order)), sight=_sight(order))


def cancelled(words: Words, order: Order) -> Screen:
    """The seller cancelled it."""
    said = words("✕ Order {number} was cancelled.", number=order.id)
    if why := order_text.reason(words, order, to_customer=True):
        said += words("\n{reason}", reason=why)
    payment = order.payment
    if payment is not None and payment.refunded_amount and not payment.to_give_back:
        back = words.money(payment.refunded_amount, payment.currency)
        said += words("\nGiven back: {amount}", amount=back)
    elif standing.is_paid(order):
        by_hand = words("\nThe seller gives your money back by hand. We write to you when it is done.")
        said += by_hand if order.payment_method in BY_HAND else words("\nYour money is on its way back.")
    keys = (_order(words, order), (Key(words.plain("💬 Ask the seller"), TellProblem(order.id)),))
    return Screen(said, keys, sight=_sight(order))


def expired(words: Words, order: Order) -> Screen:
    """Nobody paid in time; an order that came to life again by late money says so."""
    if order.status is not OrderStatus.CANCELLED:
        stands = words("📦 Order {number}: {status}", number=order.id, status=order_text.status(words, order))
        return Screen(stands, (_order(words, order),), sight=_sight(order))
    said = words("⌛ Order {number} was not paid in time and is cancelled. No payment has arrived.", number=order.id)
    again = (Key(words.plain("🛒 Put it back in the cart"), RefillCart(order.id)),)
    return Screen(said, (again, (Key(words.plain("🏠 Home"), LeaveCard()),)), sight=_sight(order))


def cancel_wanted(words: Words, order: Order) -> Screen:
    """A customer asks the seller to cancel what was not sent yet."""
    said = words("✕ <b>{name}</b> asks you to cancel order {number}.", name=order.user.name, number=order.id)
    said += "\n\n" + order_text.lines(words, order)
    if order.status is not OrderStatus.PROCESSING or order.cancel_request != ASKED:
        said += "\n\n" + words("<b>{status}</b>", status=order_text.status(words, order))
        return Screen(said, (_sale(words, order),))
    agree = words.plain("✅ Cancel it, give the money back") if standing.is_paid(order) else words.plain("✅ Cancel it")
    keys = ((Key(agree, CancelSale(order.id)),), (Key(words.plain("✋ No, it goes on"), DeclineCancel(order.id)),))
    return Screen(said, (*keys, _sale(words, order)))


def cancel_declined(words: Words, order: Order, text: str) -> Screen:
    """The seller does not cancel what the customer asked them to."""
    said = words("✋ {seller} does not cancel order {number}.", seller=order.owner.name, number=order.id)
    if text:
        said += Markup("\n\n<blockquote>{}</blockquote>").format(text)
    return Screen(said, (_order(words, order), (Key(words.plain("💬 Write to the seller"), TellProblem(order.id)),)))


def withdrawn(words: Words, order: Order) -> Screen:
    """The customer cancelled what the seller had been told of, or did not agree to what sending it costs."""
    if order.quote == OFFERED:
        said = words(
            "✕ {name} did not agree to {price} for sending, and cancelled order {number}. Its stock is free again.",
            name=order.user.name,
            price=words.money(order.shipping, order.currency),
            number=order.id,
        )
        return Screen(said, (_sale(words, order),))
    said = words("✕ {name} cancelled order {number}. Its stock is free again.", name=order.user.name, number=order.id)
    return Screen(said, (_sale(words, order),))


def delivered(words: Words, order: Order, contents: Sequence[tuple[str, str]], bought: Bought) -> Screen:
    """Digital goods, here in the chat; `bought` is the first page of what is the buyer's own."""
    said = words("📥 <b>Order {number}</b>: here is what you bought.", number=order.id)
    if order.access_until is not None:
        said += "\n" + words("Access until {day}, longer with every month you pay.", day=words.date(order.access_until))
    for name, content in contents:
        said += words("\n\n<b>{name}</b>\n{content}", name=name, content=escape(content))
    said += bought_keys.text(words, bought)
    return Screen(said, (*bought_keys.rows(words, order.id, bought), _order(words, order)))


def low_stock(words: Words, product: Product, left: int) -> Screen:
    """A product runs out."""
    name = titled(product.name, product.option_label)
    said = (
        words("📉 {product} is sold out.", product=name)
        if left <= 0
        else words.n("📉 Only {n} of {product} is left.", "📉 Only {n} of {product} are left.", left, product=name)
    )
    more = Key(words.plain("📥 Restock"), AskRestock(product.id))
    keys = (
        more if product.pooled_at is None else Key(words.plain("➕ Add keys"), AddKeys(product.id)),
        Key(words.plain("🏷 To the product"), OpenOwned(product.id)),
    )
    return Screen(said, (keys,))


def back_in_stock(words: Words, product: Product) -> Screen:
    """What somebody waited for."""
    name = name_in(words.language, product.name, product.texts)
    said = words("🔔 {product} is back.", product=titled(name, product.option_label))
    return Screen(said, ((Key(words.plain("🛍 To the product"), OpenProduct(product.id)),),))


def _sight(order: Order) -> Sight:
    return Sight(order.id, order.updated_at)


def _order(words: Words, order: Order) -> tuple[Key, ...]:
    return (Key(words.plain("📦 Order {number}", number=order.id), OpenOrder(order.id, card=True)),)


def _sale(words: Words, order: Order) -> tuple[Key, ...]:
    return (Key(words.plain("🧾 Order {number}", number=order.id), OpenSale(order.id)),)
