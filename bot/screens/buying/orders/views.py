"""A customer's orders: the list, the card, and cancelling."""

from datetime import datetime

from bot.screens.buying.catalogue.buttons import OpenCategory
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
from shop.orders.pages import OrderPage
from shop.orders.requests import ASKED, DECLINED


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


def order(
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
            (Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card, sure=True), style="danger"),),
            (ways.back(words, OpenOrder(order.id, card=card)),),
        ),
        toast=words.plain("Nothing was done: please look at this once more.") if again else None,
        sight=None if card else Sight(order.id, order.updated_at, OpenOrder(order.id)),
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
        sight=None if card else Sight(order.id, order.updated_at, OpenOrder(order.id)),
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
