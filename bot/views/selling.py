"""A seller's orders: the list by status, one order with the keys that move it, and what each command explains."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons.checkout import OpenRefund
from bot.buttons.orders import LeaveCard
from bot.buttons.selling import (
    AcceptSale,
    CancelSale,
    CompleteSale,
    ConfirmMoney,
    ListSales,
    OpenSale,
    ShipSale,
    WriteToCustomer,
)
from bot.reply import Key, Screen
from bot.views import order_text, ways
from bot.words import Words, mark
from db.models import Order, OrderStatus, PaymentStatus, ProductKind
from shop.order_news import BY_HAND

TABS = {
    OrderStatus.PENDING: mark("⏳ Not paid"),
    OrderStatus.PROCESSING: mark("✅ To do"),
    OrderStatus.SHIPPED: mark("🚚 On the way"),
    OrderStatus.COMPLETED: mark("🎉 Completed"),
    OrderStatus.CANCELLED: mark("✕ Cancelled"),
}
EXPLAINED = {
    "orders": mark(
        "<code>/orders</code> shows all orders, <code>/orders processing</code> those in one status: "
        "pending, processing, shipped, completed, cancelled."
    ),
    "ship": mark(
        "Say which order is on its way: <code>/ship 1042</code>, or with the tracking number: "
        "<code>/ship 1042 LX123456789DE</code>. The customer is told at once. "
        "Sent again with another number, it corrects the number."
    ),
    "complete": mark(
        "Say which order has arrived: <code>/complete 1042</code>. Some days later the customer is asked for stars."
    ),
    "cancel": mark(
        "Say which order, and why: <code>/cancel 1042 broken in our store</code>. The customer reads the reason, "
        "and gets the money back if it was paid."
    ),
}


def sales(
    words: Words, orders: Sequence[Order], status: OrderStatus | None, *, paged: bool, following: int | None
) -> Screen:
    """The list, newest first, of one status or of all."""
    title = (
        words("🧾 <b>All orders</b>") if status is None else words("🧾 <b>Orders: {tab}</b>", tab=_tab(words, status))
    )
    if not orders:
        title += words("\n\nThere are none.")
    tabs = [Key(_tab(words, tab), ListSales(tab)) for tab in OrderStatus if tab is not status]
    if status is not None:
        tabs.append(Key(words.plain("All"), ListSales()))
    first = ListSales(status) if paged else None
    more = ListSales(status, following) if following is not None else None
    return Screen(
        title,
        (
            *((Key(_label(words, order), OpenSale(order.id)),) for order in orders),
            ways.pages(words, first, more),
            *(tuple(tabs[start : start + 2]) for start in range(0, len(tabs), 2)),
            (ways.home(words),),
        ),
    )


def sale(
    words: Words, order: Order, *, news: str | None = None, listed: bool = True, toast: str | None = None
) -> Screen:
    """One order with the keys that move it; `news` is why it is shown."""
    parts = [_head(words, order), order_text.lines(words, order)]
    if news is not None:
        parts.insert(0, news)
    if where := order_text.address(words, order):
        parts.append(words("📍 <blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 <blockquote>{note}</blockquote>", note=order.note))
    if listed:
        parts.append(order_text.way(words, order))
    return Screen("\n\n".join(parts), _keys(words, order, listed=listed), toast=toast)


def ask_tracking(words: Words, order: Order) -> Screen:
    """Asks for the tracking number."""
    return Screen(
        words("🚚 Order {number}: write the tracking number.", number=order.id),
        (
            (Key(words.plain("There is none"), ShipSale(order.id, untracked=True)),),
            (ways.back(words, OpenSale(order.id)),),
        ),
    )


def ask_message(words: Words, order: Order) -> Screen:
    """Asks what the customer shall read."""
    return Screen(
        words("✍️ Write to {name} about order {number}.", name=order.user.name, number=order.id),
        ((ways.back(words, OpenSale(order.id)),),),
    )


def message_sent(words: Words, order: Order) -> Screen:
    """It is on its way to the customer."""
    return Screen(
        words("Sent to {name}.", name=order.user.name),
        ((Key(words.plain("🧾 Order {number}", number=order.id), OpenSale(order.id)), ways.home(words)),),
    )


def explain(words: Words, command: str) -> Screen:
    """What a command wants to be told."""
    return Screen(words(EXPLAINED[command]), ((Key(words.plain("🧾 Orders"), ListSales()), ways.home(words)),))


def _tab(words: Words, status: OrderStatus) -> str:
    return words.plain(TABS[status])


def _label(words: Words, order: Order) -> str:
    return order_text.label(words, order, name=order.user.name)


def _head(words: Words, order: Order) -> str:
    said = [
        words("🧾 <b>Order {number}</b> · {customer}", number=order.id, customer=_customer(words, order)),
        words("<b>{status}</b>", status=order_text.status(words, order)),
    ]
    if order.tracking:
        said.append(words("Tracking: <code>{number}</code>", number=order.tracking))
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order)):
        said.append(words("{reason}", reason=why))
    if order.payment is not None and order.payment.payment_status is PaymentStatus.DISPUTED:
        said.append(words("⚠️ The customer’s bank disputes the payment. Please do not send it until this is decided."))
    return "\n".join(said)


def _customer(words: Words, order: Order) -> Markup:
    if order.user.username:
        return words("{name} (@{username})", name=order.user.name, username=order.user.username)
    return words("{name}", name=order.user.name)


def _keys(words: Words, order: Order, *, listed: bool) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    by_hand = order.payment_method in BY_HAND and not order_text.is_paid(order)
    money = Key(words.plain("💶 The money came"), ConfirmMoney(order.id))
    cancel = Key(words.plain("✕ Cancel"), CancelSale(order.id))
    if order.status is OrderStatus.PENDING:
        if by_hand and order.address is not None:  # without one the customer is still writing it
            rows += [(Key(words.plain("✅ Accept"), AcceptSale(order.id)),), (money,)]
        rows.append((cancel,))
    elif order.status is OrderStatus.PROCESSING:
        moves = [Key(words.plain("🎉 Complete"), CompleteSale(order.id))]
        if order.kind is ProductKind.PHYSICAL:
            moves.insert(0, Key(words.plain("🚚 Ship"), ShipSale(order.id)))
        rows.append(tuple(moves))
        rows += [(money,), (cancel,)] if by_hand else [(cancel,)]
    elif order.status is OrderStatus.SHIPPED:
        rows.append((Key(words.plain("🎉 Complete"), CompleteSale(order.id)),))
        rows.append((money,) if by_hand else ())
    elif order.status is OrderStatus.COMPLETED and by_hand:
        rows.append((money,))
    if order_text.is_paid(order):
        rows.append((Key(words.plain("💶 Money of this order"), OpenRefund(order.id)),))
    rows.append((Key(words.plain("💬 Write to the customer"), WriteToCustomer(order.id)),))
    if listed:
        rows.append((ways.back(words, ListSales()), ways.home(words)))
    else:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    return tuple(rows)
