"""A customer's order with everything about it: its status card, and its page."""

from datetime import datetime

from bot.screens.buying.checkout.buttons import PayOrder
from bot.screens.buying.messages.buttons import ReadThread
from bot.screens.buying.orders.buttons import (
    AskToCancel,
    CancelOrder,
    DownloadAgain,
    LeaveCard,
    ListOrders,
    OpenOrder,
    RefillCart,
    TellProblem,
)
from bot.screens.buying.reviews.buttons import OpenRatings
from bot.screens.parts import by_hand, message_lines, order_text, ways
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words
from db.models import Order, OrderStatus, ProductKind
from shop.carts.refill import came_to_nothing
from shop.orders.news import BY_HAND
from shop.orders.requests import ASKED, DECLINED

AGAIN = (OrderStatus.SHIPPED, OrderStatus.COMPLETED, OrderStatus.CANCELLED)  # before that it is on its way to them


def order_screen(
    words: Words,
    order: Order,
    *,
    now: datetime,
    card: bool,
    instructions: str,
    several: bool,
    before: int | None = None,
    toast: str | None = None,
) -> Screen:
    """One order with everything about it; `card`: as the status card, whose keys keep the message.

    `instructions` is what the shop says about paying it by hand, `several`: there is more than one way to pay it;
    `before` names the page of the list that Back leads to.
    """
    parts = [_head(words, order, now), order_text.lines(words, order)]
    if how := by_hand.how_to_pay(words, order, instructions, now=now):
        parts.append(how)
    where = order_text.address(words, order)
    if where:
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 Note:\n<blockquote>{note}</blockquote>", note=order.note))
    if said := message_lines.last(words, order, customers=True):
        parts.append(said)
    parts.append(order_text.way(words, order))
    keys = (*_paying(words, order, several=several), *_keys(words, order, card=card, before=before))
    if card:
        return Screen("\n\n".join(parts), keys, toast=toast, remember_card=order.id)
    sight = Sight(order.id, order.updated_at, OpenOrder(order.id, before=before))
    return Screen("\n\n".join(parts), keys, toast=toast, sight=sight)


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
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order, to_customer=True)):
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


def _keys(words: Words, order: Order, *, card: bool, before: int | None) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if order.status is OrderStatus.PENDING:
        rows.append((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card)),))
    if came_to_nothing(order):
        rows.append((Key(words.plain("🛒 Put it back in the cart"), RefillCart(order.id)),))
    elif order.status in AGAIN:
        rows.append((Key(words.plain("🔁 Buy again"), RefillCart(order.id)),))
    if order_text.is_downloadable(order):
        rows.append((Key(words.plain("📥 Download again"), DownloadAgain(order.id)),))
    if order.status is OrderStatus.COMPLETED and order.owner_id != order.user_id:
        rows.append((Key(words.plain("⭐ Rate it"), OpenRatings(order.id)),))
    rows.append((Key(words.plain("💬 Problem with this order"), TellProblem(order.id)),))
    rows.append(message_lines.all_of(words, order, lambda message_id: ReadThread(message_id, below=card)))
    if order.status is OrderStatus.PROCESSING and order.cancel_request is None:
        rows.append((Key(words.plain("✕ Ask to cancel"), AskToCancel(order.id, card=card)),))
    if card:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    else:
        rows.append((ways.back(words, ListOrders(before)), ways.home(words)))
    return tuple(rows)
