"""A customer's orders: the list, the card, and cancelling."""

from datetime import datetime

from bot.buttons.catalogue import OpenCategory
from bot.buttons.checkout import PayOrder
from bot.buttons.messages import ReadThread
from bot.buttons.orders import CancelOrder, LeaveCard, ListOrders, OpenOrder, TellProblem
from bot.buttons.reviews import OpenRatings
from bot.reply import Key, Screen, Sight
from bot.views import messages, order_text, ways
from bot.words import Words
from db.models import Order, OrderStatus
from shop.order_news import BY_HAND
from shop.order_pages import OrderPage


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


def order(words: Words, order: Order, *, now: datetime, card: bool, before: int | None = None) -> Screen:
    """One order with everything about it; `card`: as the status card, whose keys keep the message.

    `before` names the page of the list that Back leads to.
    """
    parts = [_head(words, order, now), order_text.lines(words, order)]
    where = order_text.address(words, order)
    if where:
        parts.append(words("📍 {address}", address=where))
    if order.note:
        parts.append(words("📝 {note}", note=order.note))
    if said := messages.last(words, order, customers=True):
        parts.append(said)
    parts.append(order_text.way(words, order))
    keys = _keys(words, order, card=card, before=before)
    if card:
        return Screen("\n\n".join(parts), keys, remember_card=order.id)
    sight = Sight(order.id, order.updated_at, OpenOrder(order.id, before=before))
    return Screen("\n\n".join(parts), keys, sight=sight)


def sure_to_cancel(words: Words, order: Order, *, card: bool, again: bool = False) -> Screen:
    """Asks back before an order is cancelled; `again`: the key of an older question was tapped."""
    amount = words.money(order.total_price, order.currency)
    parts = [
        words("Cancel order {number}?", number=order.id),
        words("{amount}, not paid: no money was taken. The goods are free for others again.", amount=amount),
    ]
    return Screen(
        "\n\n".join(str(part) for part in parts),
        (
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card, sure=True)),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
        toast=words.plain("Nothing was done: please look at this once more.") if again else None,
        sight=None if card else Sight(order.id, order.updated_at, OpenOrder(order.id)),
    )


def _head(words: Words, order: Order, now: datetime) -> str:
    said = [
        words("📦 <b>Order {number}</b> · {seller}", number=order.id, seller=order.owner.name),
        words("<b>{status}</b>", status=order_text.status(words, order)),
    ]
    if order.status is OrderStatus.PENDING and order.expires_at is not None and order.expires_at > now:
        minutes = max(1, round((order.expires_at - now).total_seconds() / 60))
        if order.payment_method not in BY_HAND:
            said.append(words.n("Held for you for {n} minute.", "Held for you for {n} minutes.", minutes))
    if order.tracking:
        said.append(words("Tracking: <code>{number}</code>", number=order.tracking))
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order, to_customer=True)):
        said.append(words("{reason}", reason=why))
    return "\n".join(said)


def _keys(words: Words, order: Order, *, card: bool, before: int | None) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if order.status is OrderStatus.PENDING:
        rows.append((Key(words.plain("💳 Pay"), PayOrder(order.id)),))
        rows.append((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card)),))
    if order.status is OrderStatus.COMPLETED:
        rows.append((Key(words.plain("⭐ Rate it"), OpenRatings(order.id)),))
    rows.append((Key(words.plain("💬 Problem with this order"), TellProblem(order.id)),))
    rows.append(messages.all_of(words, order, lambda message_id: ReadThread(message_id, below=card)))
    if card:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    else:
        rows.append((ways.back(words, ListOrders(before)), ways.home(words)))
    return tuple(rows)
