"""A customer's order with everything about it: its status card, and its page."""

from datetime import datetime

from bot.screens.buying.checkout.buttons import AgreePrice, PayOrder
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
from bot.screens.buying.receipts.buttons import OpenReceipt
from bot.screens.buying.returns.buttons import AskReturn, ListReturns
from bot.screens.buying.reviews.buttons import OpenRatings
from bot.screens.buying.sharing.buttons import Shared, ShareIt
from bot.screens.buying.subscriptions.buttons import ListSubscriptions
from bot.screens.parts import by_hand, message_lines, order_text, order_way, ways
from bot.sending.reply import Key, Screen, Sight
from bot.words import Html, Words
from db.models import Order, OrderStatus, ProductKind
from shop.carts.refill import came_to_nothing
from shop.orders import standing
from shop.orders.news import BY_HAND
from shop.orders.quotes import ASKED as ASKED_PRICE
from shop.orders.quotes import OFFERED
from shop.orders.requests import ASKED, DECLINED

AGAIN = (OrderStatus.SHIPPED, OrderStatus.COMPLETED, OrderStatus.CANCELLED)  # before that it is on its way to them


def order_screen(  # noqa: PLR0913  what the page needs
    words: Words,
    order: Order,
    *,
    now: datetime,
    card: bool,
    instructions: str,
    several: bool,
    returnable: bool = False,
    before: int | None = None,
    toast: str | None = None,
) -> Screen:
    """One order with everything about it; `card`: as the status card, whose keys keep the message.

    `instructions` is what the shop says about paying it by hand, `several`: there is more than one way to pay it,
    `returnable`: something of it may be sent back; `before` names the page of the list that Back leads to.
    """
    parts = [_head(words, order, now), order_text.lines(words, order)]
    if how := by_hand.how_to_pay(words, order, instructions, now=now):
        parts.append(how)
    if gift := order_text.present(words, order):
        parts.append(gift)
    where = order_text.address(words, order)
    if where:
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 Note:\n<blockquote>{note}</blockquote>", note=order.note))
    if said := message_lines.last(words, order, customers=True):
        parts.append(said)
    parts.append(order_text.way(words, order))
    paying = (*by_hand.copies(words, order, instructions, now=now), *_paying(words, order, several=several))
    keys = (*paying, *_keys(words, order, card=card, returnable=returnable, before=before))
    if card:
        return Screen("\n\n".join(parts), keys, toast=toast, remember_card=order.id)
    sight = Sight(order.id, order.updated_at, OpenOrder(order.id, before=before))
    return Screen("\n\n".join(parts), keys, toast=toast, sight=sight)


def _head(words: Words, order: Order, now: datetime) -> str:
    said = [
        words("📦 <b>Order {number}</b> · {seller}", number=order.id, seller=order.owner.name),
        words("<b>{status}</b>", status=order_text.status(words, order)),
    ]
    if steps := order_way.progress(words, order):
        said.append(steps)
    held = order.status is OrderStatus.PENDING and order.payment_method not in BY_HAND
    if held and order.expires_at is not None and order.expires_at > now:
        said.append(words("Reserved for you until {time}.", time=words.deadline(order.expires_at, now)))
    if order.status is OrderStatus.PENDING and order.quote == ASKED_PRICE:
        said.append(words("⏳ The seller names the price of sending. We write to you then; nothing is paid before."))
    if order.status is OrderStatus.PENDING and order.quote == OFFERED:
        price = words.money(order.shipping, order.currency)
        said.append(words("🚚 Sending it costs {amount}. Do you agree?", amount=price))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == ASKED:
        said.append(words("You asked the seller to cancel it. The answer comes here."))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == DECLINED:
        said.append(words("You asked to cancel it; the seller goes on with it."))
    said += _access(words, order)
    if arrival := order_way.arrival(words, order, now):
        said.append(arrival)
    if number := order_way.tracking(words, order):
        said.append(number)
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order, to_customer=True)):
        said.append(words("{reason}", reason=why))
    return "\n".join(said)


def _access(words: Words, order: Order) -> list[Html]:
    """Until when the goods of a month are theirs."""
    if order.month is None or order.status is not OrderStatus.COMPLETED:
        return []
    if order.access_until is not None and order_text.is_downloadable(order):
        return [words("Access until {day}.", day=words.date(order.access_until))]
    return [words("Access ended.")]


def _paying(words: Words, order: Order, *, several: bool) -> tuple[tuple[Key, ...], ...]:
    if order.status is not OrderStatus.PENDING:
        return ()
    if order.quote == ASKED_PRICE:
        return ()
    if order.quote == OFFERED:
        total = words.money(order.total_price, order.currency)
        agree = AgreePrice(order.id, order.total_price)
        return ((Key(words.plain("✅ Agree · {amount}", amount=total), agree, style="success"),),)
    if order_text.is_asked(order):
        return ((Key(words.plain("▶️ Go on"), PayOrder(order.id), style="success"),),)
    if order.payment_method not in BY_HAND:
        return ((Key(words.plain("💳 Pay"), PayOrder(order.id), style="success"),),)
    if order.address is None and order.kind is ProductKind.PHYSICAL:
        return ((Key(words.plain("📍 Write the address"), PayOrder(order.id, order.payment_method), style="success"),),)
    return ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),),) if several else ()


def _returns(words: Words, order: Order, *, returnable: bool) -> tuple[Key, ...]:
    if order.returns:
        return (Key(words.plain("↩️ Returns: {n}", n=words.number(order.returns)), ListReturns(order.id)),)
    return (Key(words.plain("↩️ Send something back"), AskReturn(order.id)),) if returnable else ()


def _keys(
    words: Words, order: Order, *, card: bool, returnable: bool, before: int | None
) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = [order_way.keys(words, order)]
    number = Key(f"📋 {order.id}", copy=str(order.id))
    if order.status is OrderStatus.PENDING:
        rows.append((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=card)),))
    if order.month is not None:
        rows.append((Key(words.plain("⭐ My subscriptions"), ListSubscriptions()),))
    elif came_to_nothing(order):
        rows.append((Key(words.plain("🛒 Put it back in the cart"), RefillCart(order.id)),))
    elif order.status in AGAIN:
        rows.append((Key(words.plain("🔁 Buy again"), RefillCart(order.id)),))
    if order_text.is_downloadable(order):
        rows.append((Key(words.plain("📥 Download again"), DownloadAgain(order.id)),))
    if order.status is OrderStatus.COMPLETED and order.owner_id != order.user_id:
        rows.append((Key(words.plain("⭐ Rate it"), OpenRatings(order.id)),))
    if standing.is_paid(order):
        rows.append((Key(words.plain("🧾 Receipt"), OpenReceipt(order.id)), number))
    rows.append((Key(words.plain("💬 Problem with this order"), TellProblem(order.id)),))
    rows.append(_returns(words, order, returnable=returnable))
    rows.append(message_lines.all_of(words, order, lambda message_id: ReadThread(message_id, below=card)))
    if order.status is OrderStatus.PROCESSING and order.cancel_request is None:
        rows.append((Key(words.plain("✕ Ask to cancel"), AskToCancel(order.id, card=card)),))
    if card:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    else:
        share = Key("↗️", ShareIt(Shared.ORDER, order.id))
        back, home = ways.back(words, ListOrders(before)), ways.home(words)
        rows += [(back, share, home)] if standing.is_paid(order) else [(number, share), (back, home)]
    return tuple(rows)
