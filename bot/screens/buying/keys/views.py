"""The keys and files of an order, page by page, and one that came in place of another."""

from bot.screens.buying.orders.buttons import OpenOrder, TellProblem
from bot.screens.parts import bought_keys
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.units import Bought


def page(words: Words, order_id: int, bought: Bought, number: int) -> Screen:
    """One page of what was bought."""
    said = words("🔑 <b>Order {number}</b>: {n} of your own.", number=order_id, n=words.number(bought.total))
    said += bought_keys.text(words, bought)
    return Screen(said, (*bought_keys.rows(words, order_id, bought, number), _order(words, order_id)))


def replaced(words: Words, order_id: int, one: Bought) -> Screen:
    """The seller sent another one for what did not work."""
    said = words("🔑 Order {number}: this is yours in place of one that works no more.", number=order_id)
    said += bought_keys.text(words, one)
    problem = (Key(words.plain("💬 Write to the seller"), TellProblem(order_id)),)
    return Screen(said, (*bought_keys.rows(words, order_id, one), problem, _order(words, order_id)))


def _order(words: Words, order_id: int) -> tuple[Key, ...]:
    return (Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id, card=True)),)
