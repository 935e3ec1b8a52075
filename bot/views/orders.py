"""A customer's orders: the list, the card, cancelling, and writing to the seller."""

from collections.abc import Sequence
from datetime import datetime

from bot.buttons.catalogue import OpenCategory
from bot.buttons.checkout import PayOrder
from bot.buttons.orders import CancelOrder, LeaveCard, ListOrders, OpenOrder, StopWriting, TellProblem
from bot.buttons.reviews import OpenRatings
from bot.reply import Key, Screen
from bot.views import order_text, ways
from bot.words import Words
from db.models import Order, OrderStatus
from shop.order_news import BY_HAND


def my_orders(words: Words, orders: Sequence[Order], *, paged: bool, following: int | None) -> Screen:
    """The list, newest first; `following` is the id before which there are more."""
    if not orders and not paged:
        return Screen(
            words("📦 You have not ordered anything yet."),
            ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words)),),
        )
    first = ListOrders() if paged else None
    more = ListOrders(following) if following is not None else None
    return Screen(
        words("📦 <b>Your orders</b>"),
        (
            *((Key(order_text.label(words, order), OpenOrder(order.id)),) for order in orders),
            ways.pages(words, first, more),
            (ways.home(words),),
        ),
    )


def order(words: Words, order: Order, *, now: datetime, card: bool) -> Screen:
    """One order with everything about it; `card`: as the status card, whose keys keep the message."""
    parts = [_head(words, order, now), order_text.lines(words, order)]
    where = order_text.address(words, order)
    if where:
        parts.append(words("📍 {address}", address=where))
    if order.note:
        parts.append(words("📝 <blockquote>{note}</blockquote>", note=order.note))
    parts.append(order_text.way(words, order))
    return Screen("\n\n".join(parts), _keys(words, order, card=card), remember_card=order.id if card else None)


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
    )


def ask_problem(words: Words, order: Order) -> Screen:
    """Asks what the seller shall read; a message of its own, so that the card stays."""
    return Screen(
        words(
            "✍️ Write your message to {seller} about order {number}. They can answer you here.",
            seller=order.owner.name or words.plain("the seller"),
            number=order.id,
        ),
        ((Key(words.plain("✕ Never mind"), StopWriting(order.id)),),),
        fresh=True,
    )


def problem_sent(words: Words, order: Order) -> Screen:
    """It is on its way to the seller."""
    return Screen(
        words("Sent to {seller}. The answer comes here.", seller=order.owner.name or words.plain("the seller")),
        ((Key(words.plain("📦 Order {number}", number=order.id), OpenOrder(order.id)), ways.home(words)),),
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
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order)):
        said.append(words("{reason}", reason=why))
    return "\n".join(said)


def _keys(words: Words, order: Order, *, card: bool) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if order.status is OrderStatus.PENDING:
        rows.append((Key(words.plain("💳 Pay"), PayOrder(order.id)),))
        rows.append((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card)),))
    if order.status is OrderStatus.COMPLETED:
        rows.append((Key(words.plain("⭐ Rate it"), OpenRatings(order.id)),))
    rows.append((Key(words.plain("💬 Problem with this order"), TellProblem(order.id)),))
    if card:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    else:
        rows.append((ways.back(words, ListOrders()), ways.home(words)))
    return tuple(rows)
