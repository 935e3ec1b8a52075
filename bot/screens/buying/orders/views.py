"""A customer's orders: the list, and the questions before one is cancelled."""

from bot.screens.buying.catalogue.buttons import OpenCategory
from bot.screens.buying.orders.buttons import AskToCancel, CancelOrder, ListOrders, OpenOrder
from bot.screens.parts import order_text, ways
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words
from db.models import Order
from shop.orders import standing
from shop.orders.pages import OrderPage


def my_orders(words: Words, page: OrderPage) -> Screen:
    """A page of the list, newest first."""
    if not page.orders and not page.newer:
        return Screen(
            words("📦 You have not ordered anything yet."),
            ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words)),),
        )
    newer = ListOrders(after=page.orders[0].id if page.orders else None) if page.newer else None
    older = ListOrders(page.orders[-1].id) if page.older and page.orders else None
    return Screen(
        words("📦 <b>Your orders</b>"),
        (
            *(
                (Key(order_text.own_label(words, order), OpenOrder(order.id, before=page.top)),)
                for order in page.orders
            ),
            ways.pages(words, newer, older),
            (ways.home(words),),
        ),
    )


def sure_to_cancel(words: Words, order: Order, *, card: bool, again: bool = False) -> Screen:
    """Asks back before an order is cancelled; `again`: the key of an older question was tapped."""
    amount = words.money(order.total_price, order.currency)
    parts = [
        words("Cancel order {number}?", number=order.id),
        words("{amount}, not paid: no money was taken. The goods are free for others again.", amount=amount),
    ]
    if order.credit:
        back = words.money(order.credit, order.currency)
        parts.append(words("🎁 {amount} of credit comes back to you.", amount=back))
    return Screen(
        "\n\n".join(str(part) for part in parts),
        (
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card, sure=True), style="danger"),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
        toast=words.plain("Nothing was done: please look at this once more.") if again else None,
        sight=None if card else Sight(order.id, order.updated_at, OpenOrder(order.id)),
    )


def sure_to_ask(words: Words, order: Order, *, card: bool) -> Screen:
    """Asks back before the seller is asked to cancel."""
    said = words("Ask {seller} to cancel order {number}?", seller=order.owner.name, number=order.id)
    if standing.is_paid(order):
        said += "\n\n" + words("If they agree, you get your money back.")
    return Screen(
        said,
        (
            (Key(words.plain("✕ Ask to cancel"), AskToCancel(order.id, card=card, sure=True)),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
        sight=None if card else Sight(order.id, order.updated_at, OpenOrder(order.id)),
    )
