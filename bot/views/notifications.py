"""What people are told without having asked: short, with the next step one tap away."""

from collections.abc import Sequence

from bot.buttons.bans import AskBan
from bot.buttons.catalogue import OpenProduct
from bot.buttons.orders import LeaveCard, OpenOrder, TellProblem
from bot.buttons.products import AskRestock, OpenOwned
from bot.buttons.selling import OpenSale
from bot.reply import Key, Screen
from bot.views import order_text
from bot.words import Words
from db.models import Order, Product
from shop.cart_view import titled
from shop.order_news import BY_HAND


def shipped(words: Words, order: Order) -> Screen:
    """It is on its way."""
    said = words("🚚 Order {number} is on its way.", number=order.id)
    if order.tracking:
        said += words("\nTracking: <code>{tracking}</code>", tracking=order.tracking)
    return Screen(said, (_order(words, order),))


def cancelled(words: Words, order: Order) -> Screen:
    """The seller cancelled it."""
    said = words("✕ Order {number} was cancelled.", number=order.id)
    if why := order_text.reason(words, order):
        said += words("\n{reason}", reason=why)
    if order_text.is_paid(order):
        by_hand = words("\nThe seller gives your money back by hand. We write to you when it is done.")
        said += by_hand if order.payment_method in BY_HAND else words("\nYour money is on its way back.")
    return Screen(said, (_order(words, order), (Key(words.plain("💬 Ask the seller"), TellProblem(order.id)),)))


def expired(words: Words, order: Order) -> Screen:
    """Nobody paid in time."""
    said = words("⌛ Order {number} was not paid in time and is cancelled. No payment has arrived.", number=order.id)
    again = [(Key(item.name[:40], OpenProduct(item.product_id)),) for item in order.items[:3]]
    return Screen(said, (*again, (Key(words.plain("🏠 Home"), LeaveCard()),)))


def problem_answer(words: Words, order: Order, text: str) -> Screen:
    """The seller wrote."""
    said = words(
        "💬 <b>{seller}</b> about order {number}:\n\n{text}\n\n<i>Reply to this message to answer.</i>",
        seller=order.owner.name or words.plain("The seller"),
        number=order.id,
        text=text,
    )
    return Screen(said, (_order(words, order), (Key(words.plain("💬 Answer"), TellProblem(order.id)),)))


def problem(words: Words, order: Order, text: str) -> Screen:
    """A customer wrote."""
    said = words(
        "💬 <b>{name}</b> about order {number}:\n\n{text}\n\n<i>Reply to this message to answer.</i>",
        name=order.user.name,
        number=order.id,
        text=text,
    )
    return Screen(said, (_sale(words, order), (Key(words.plain("🚫 Take no more orders"), AskBan(order.id)),)))


def withdrawn(words: Words, order: Order) -> Screen:
    """The customer cancelled what the seller had been told of."""
    said = words("✕ {name} cancelled order {number}. Its stock is free again.", name=order.user.name, number=order.id)
    return Screen(said, (_sale(words, order),))


def delivered(words: Words, order: Order, contents: Sequence[tuple[str, str]]) -> Screen:
    """Digital goods, here in the chat."""
    said = words("📥 <b>Order {number}</b>: here is what you bought.", number=order.id)
    for name, content in contents:
        said += words("\n\n<b>{name}</b>\n{content}", name=name, content=content)
    return Screen(said, (_order(words, order),))


def low_stock(words: Words, product: Product, left: int) -> Screen:
    """A product runs out."""
    name = titled(product.name, product.option_label)
    said = (
        words("📉 {product} is sold out.", product=name)
        if left <= 0
        else words.n("📉 Only {n} of {product} is left.", "📉 Only {n} of {product} are left.", left, product=name)
    )
    keys = (
        Key(words.plain("📥 Restock"), AskRestock(product.id)),
        Key(words.plain("🏷 To the product"), OpenOwned(product.id)),
    )
    return Screen(said, (keys,))


def back_in_stock(words: Words, product: Product) -> Screen:
    """What somebody waited for."""
    said = words("🔔 {product} is back.", product=titled(product.name, product.option_label))
    return Screen(said, ((Key(words.plain("🛍 To the product"), OpenProduct(product.id)),),))


def _order(words: Words, order: Order) -> tuple[Key, ...]:
    return (Key(words.plain("📦 Order {number}", number=order.id), OpenOrder(order.id, card=True)),)


def _sale(words: Words, order: Order) -> tuple[Key, ...]:
    return (Key(words.plain("🧾 Order {number}", number=order.id), OpenSale(order.id)),)
