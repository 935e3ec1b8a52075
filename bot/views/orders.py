"""A customer's orders: the list, the card, cancelling, and writing to the seller."""

from collections.abc import Sequence
from datetime import datetime

from bot.buttons.catalogue import OpenCategory
from bot.buttons.checkout import PayOrder
from bot.buttons.orders import (
    AskToCancel,
    CancelOrder,
    DownloadAgain,
    LeaveCard,
    ListOrders,
    OpenOrder,
    RefillCart,
    StopWriting,
    TellProblem,
)
from bot.buttons.reviews import OpenRatings
from bot.reply import Key, Screen
from bot.views import by_hand, order_text, ways
from bot.words import Words
from db.models import Order, OrderStatus, ProductKind
from shop.cart_refill import came_to_nothing
from shop.order_news import BY_HAND
from shop.order_requests import ASKED, DECLINED


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


def order(
    words: Words,
    order: Order,
    *,
    now: datetime,
    card: bool,
    instructions: str,
    several: bool,
    toast: str | None = None,
) -> Screen:
    """One order with everything about it; `card`: as the status card, whose keys keep the message.

    `instructions` is what the shop says about paying it by hand, `several`: there is more than one way to pay it.
    """
    parts = [_head(words, order, now), order_text.lines(words, order)]
    if how := by_hand.how_to_pay(words, order, instructions, now=now):
        parts.append(how)
    where = order_text.address(words, order)
    if where:
        parts.append(words("📍 {address}", address=where))
    if order.note:
        parts.append(words("📝 {note}", note=order.note))
    parts.append(order_text.way(words, order))
    keys = (*_paying(words, order, several=several), *_keys(words, order, card=card))
    return Screen("\n\n".join(parts), keys, toast=toast, remember_card=order.id if card else None)


def sure_to_cancel(words: Words, order: Order, *, card: bool) -> Screen:
    """Asks back before an order is cancelled."""
    return Screen(
        words("Cancel order {number}?", number=order.id),
        (
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card, sure=True)),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
    )


def sure_to_ask(words: Words, order: Order, *, card: bool) -> Screen:
    """Asks back before the seller is asked to cancel."""
    said = words("Ask {seller} to cancel order {number}?", seller=order.owner.name, number=order.id)
    if order_text.is_paid(order):
        said += "\n\n" + words("If they agree, you get your money back.")
    return Screen(
        said,
        (
            (Key(words.plain("✕ Ask to cancel"), AskToCancel(order.id, card=card, sure=True)),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
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
    held = order.status is OrderStatus.PENDING and order.payment_method not in BY_HAND
    if held and order.expires_at is not None and order.expires_at > now:
        said.append(words("Reserved for you until {time}.", time=words.until(order.expires_at, now)))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == ASKED:
        said.append(words("You asked the seller to cancel it. The answer comes here."))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == DECLINED:
        said.append(words("You asked to cancel it; the seller goes on with it."))
    if order.tracking:
        said.append(words("Tracking: <code>{number}</code>", number=order.tracking))
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order, mine=True)):
        said.append(words("{reason}", reason=why))
    return "\n".join(said)


def _paying(words: Words, order: Order, *, several: bool) -> tuple[tuple[Key, ...], ...]:
    if order.status is not OrderStatus.PENDING:
        return ()
    if order_text.is_asked(order):
        return ((Key(words.plain("▶️ Go on"), PayOrder(order.id)),),)
    if order.payment_method not in BY_HAND:
        return ((Key(words.plain("💳 Pay"), PayOrder(order.id)),),)
    if order.address is None and order.kind is ProductKind.PHYSICAL:
        return ((Key(words.plain("📍 Write the address"), PayOrder(order.id, order.payment_method)),),)
    return ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),),) if several else ()


def _keys(words: Words, order: Order, *, card: bool) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if order.status is OrderStatus.PENDING:
        rows.append((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card)),))
    if order.status is OrderStatus.PROCESSING and order.cancel_request is None:
        rows.append((Key(words.plain("✕ Ask to cancel"), AskToCancel(order.id, card=card)),))
    if came_to_nothing(order):
        rows.append((Key(words.plain("🛒 Put it back in the cart"), RefillCart(order.id)),))
    if order_text.is_downloadable(order):
        rows.append((Key(words.plain("📥 Download again"), DownloadAgain(order.id)),))
    if order.status is OrderStatus.COMPLETED:
        rows.append((Key(words.plain("⭐ Rate it"), OpenRatings(order.id)),))
    rows.append((Key(words.plain("💬 Problem with this order"), TellProblem(order.id)),))
    if card:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    else:
        rows.append((ways.back(words, ListOrders()), ways.home(words)))
    return tuple(rows)
