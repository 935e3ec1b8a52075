"""A seller's order with the keys that move it, the questions about it, and what each command explains."""

from markupsafe import Markup

from bot.screens.buying.checkout.buttons import OpenRefund
from bot.screens.buying.messages.buttons import ReadSalesThread
from bot.screens.buying.orders.buttons import LeaveCard
from bot.screens.buying.receipts.buttons import OpenReceipt
from bot.screens.parts import message_lines, order_text, order_way, ways
from bot.screens.selling.bans.buttons import AskBan
from bot.screens.selling.customers.buttons import OpenCustomerOf
from bot.screens.selling.keys.buttons import OpenOrderKeys
from bot.screens.selling.notes.buttons import OpenNotes
from bot.screens.selling.orders.buttons import (
    AcceptSale,
    CancelSale,
    ChooseCarrier,
    CompleteSale,
    ConfirmMoney,
    DeclineCancel,
    ListSales,
    NamePrice,
    OpenSale,
    OpenTimeline,
    PackSale,
    ShipSale,
    WriteToCustomer,
)
from bot.screens.selling.returns.buttons import ListOrderReturns
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words, mark
from db.models import Order, OrderStatus, PaymentStatus, ProductKind
from shop.orders import standing
from shop.orders.news import BY_HAND
from shop.orders.quotes import ASKED as ASKED_PRICE
from shop.orders.quotes import OFFERED
from shop.orders.requests import ASKED

NEWEST = ListSales()
EXPLAINED = {
    "orders": mark(
        "<code>/orders</code> shows all orders, <code>/orders to do</code> those in one status (not paid, to do, "
        "on the way, completed, cancelled), <code>/orders 1042</code> one of them. Others are found by a name, an "
        "<code>@name</code>, a phone number, a product or its SKU: <code>/orders Ann</code>, "
        "<code>/orders 0171 2345678</code>, <code>/orders green tea</code>."
    ),
    "quote": mark("Say which order, and what sending it costs: <code>/quote 1042 12.50</code>."),
    "complete": mark(
        "Say which order has arrived: <code>/complete 1042</code>. Some days later the customer is asked for stars."
    ),
    "cancel": mark(
        "Say which order, and why: <code>/cancel 1042 broken in our store</code>. The customer reads the reason, "
        "and gets the money back if it was paid."
    ),
}


def sale(
    words: Words,
    order: Order,
    *,
    news: str | None = None,
    listed: bool = True,
    toast: str | None = None,
    page: ListSales = NEWEST,
) -> Screen:
    """One order with the keys that move it; `news` is why it is shown, `page` of the list is where Back leads."""
    parts = [_head(words, order), order_text.lines(words, order, own=True)]
    if news is not None:
        parts.insert(0, news)
    if gift := order_text.present(words, order):
        parts.append(gift)
    if where := order_text.address(words, order):
        parts.append(words("📍 To:\n<blockquote>{address}</blockquote>", address=where))
    if order.note:
        parts.append(words("📝 Note:\n<blockquote>{note}</blockquote>", note=order.note))
    if said := message_lines.last(words, order, customers=False):
        parts.append(said)
    if listed:
        parts.append(order_text.way(words, order))
    opens = OpenSale(order.id, page.status, page.before) if listed else None
    sight = Sight(order.id, order.updated_at, opens)
    return Screen("\n\n".join(parts), _keys(words, order, page if listed else None), toast=toast, sight=sight)


def ask_tracking(words: Words, order: Order) -> Screen:
    """Asks for the tracking number."""
    return Screen(
        words(
            "🚚 Order {number}: write the tracking number, with the carrier before it: <code>DHL 0034 0434 …</code>",
            number=order.id,
        ),
        (
            (Key(words.plain("There is none"), ShipSale(order.id, untracked=True)),),
            (ways.back(words, OpenSale(order.id)),),
        ),
        sight=_asked(order),
    )


def ask_word(words: Words, order: Order) -> Screen:
    """Asks what a customer shall read whose order goes on against their wish."""
    return Screen(
        words("✋ Order {number} goes on. Write to {name} why.", number=order.id, name=order.user.name),
        (
            (Key(words.plain("Without a word"), DeclineCancel(order.id, silent=True)),),
            (ways.back(words, OpenSale(order.id)),),
        ),
        sight=_asked(order),
    )


def explain(words: Words, command: str) -> Screen:
    """What a command wants to be told."""
    return Screen(words(EXPLAINED[command]), ((Key(words.plain("🧾 Orders"), ListSales()), ways.home(words)),))


def _asked(order: Order) -> Sight:
    """A question about a move: it gives way to the order when that moves, by its answer or by somebody else."""
    return Sight(order.id, order.updated_at, OpenSale(order.id))


def _head(words: Words, order: Order) -> str:
    said = [
        words("🧾 <b>Order {number}</b> · {customer}", number=order.id, customer=_customer(words, order)),
        words("<b>{status}</b>", status=order_text.status(words, order)),
    ]
    if order.status is OrderStatus.PENDING and order.quote == ASKED_PRICE:
        said.append(words("⏳ The customer waits for your price of sending it."))
    if order.status is OrderStatus.PENDING and order.quote == OFFERED:
        said.append(words("⏳ The customer has not agreed to your price of sending it yet."))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == ASKED:
        said.append(words("⚠️ The customer asks you to cancel it."))
    if number := order_way.tracking(words, order):
        said.append(number)
    if order.status is OrderStatus.CANCELLED and (why := order_text.reason(words, order)):
        said.append(words("{reason}", reason=why))
    if order.payment is not None and order.payment.payment_status is PaymentStatus.DISPUTED:
        said.append(words("⚠️ The customer’s bank disputes the payment. Please do not send it until this is decided."))
    return "\n".join(said)


def _customer(words: Words, order: Order) -> Markup:
    if order.user.username:
        return words("{name} (@{username})", name=order.user.name, username=order.user.username)
    return words("{name}", name=order.user.name)


def _moves(words: Words, order: Order) -> list[tuple[Key, ...]]:
    """The keys for what its seller can do with the order now."""
    rows: list[tuple[Key, ...]] = []
    by_hand = order.payment_method in BY_HAND and not standing.is_paid(order)
    money = Key(words.plain("💶 The money came"), ConfirmMoney(order.id))
    cancel = Key(words.plain("✕ Cancel"), CancelSale(order.id))
    if order.status is OrderStatus.PENDING:
        rows += _pricing(words, order)
        if by_hand and order.address is not None:  # without one the customer is still writing it
            rows += [(Key(words.plain("✅ Accept"), AcceptSale(order.id)),), (money,)]
        rows.append((cancel,))
    elif order.status is OrderStatus.PROCESSING:
        moves = [Key(words.plain("🎉 Complete"), CompleteSale(order.id))]
        if order.kind is ProductKind.PHYSICAL:
            moves.insert(0, Key(words.plain("🚚 Ship"), ShipSale(order.id)))
        rows.append(tuple(moves))
        rows += [(money,)] if by_hand else []
        pack = Key(words.plain("🖨 Packing list"), PackSale(order.id))
        rows.append((pack, cancel) if order.kind is ProductKind.PHYSICAL else (cancel,))
        if order.cancel_request == ASKED:
            rows.append((Key(words.plain("✋ Do not cancel it"), DeclineCancel(order.id)),))
    elif order.status is OrderStatus.SHIPPED:
        rows.append((Key(words.plain("🎉 Complete"), CompleteSale(order.id)),))
        rows.append(_parcel(words, order))
        if by_hand:
            rows.append((money,))
        if standing.can_be_cancelled(order):
            rows.append((cancel,))
    elif order.status is OrderStatus.COMPLETED and by_hand:
        rows.append((money,))
    return rows


def _pricing(words: Words, order: Order) -> list[tuple[Key, ...]]:
    """The key for a price that is agreed after the order."""
    if order.quote not in {ASKED_PRICE, OFFERED}:
        return []
    label = words.plain("🚚 Name the price") if order.quote == ASKED_PRICE else words.plain("🚚 Another price")
    return [(Key(label, NamePrice(order.id)),)]


def _parcel(words: Words, order: Order) -> tuple[Key, ...]:
    """To where the parcel is shown, or to who carries it."""
    if order.tracking and order.carrier is None:
        return (Key(words.plain("🔗 Who carries it?"), ChooseCarrier(order.id)),)
    return order_way.keys(words, order)[:1]


def _keys(words: Words, order: Order, page: ListSales | None) -> tuple[tuple[Key, ...], ...]:
    rows = _moves(words, order)
    if standing.is_paid(order):
        receipt = Key(words.plain("🧾 Receipt"), OpenReceipt(order.id))
        rows.append((Key(words.plain("💶 Money of this order"), OpenRefund(order.id)), receipt))
    if order.status in {OrderStatus.SHIPPED, OrderStatus.COMPLETED} or order.returns:
        label = words.plain("↩️ Returns: {n}", n=words.number(order.returns or 0))
        rows.append((Key(label if order.returns else words.plain("↩️ Returns"), ListOrderReturns(order.id)),))
    if order.kind is ProductKind.DIGITAL and order.status is OrderStatus.COMPLETED:
        rows.append((Key(words.plain("🔑 Keys"), OpenOrderKeys(order.id)),))
    rows.append((Key(words.plain("💬 Write to the customer"), WriteToCustomer(order.id)),))
    if page is not None:
        customer = Key(words.plain("👤 The customer"), OpenCustomerOf(order.id))
        rows.append((customer, Key(words.plain("🚫 Take no more orders"), AskBan(order.id))))
        notes = words.plain("📌 Notes: {n}", n=words.number(order.noted)) if order.noted else words.plain("📌 Notes")
        rows.append((Key(notes, OpenNotes(order.id)), Key(words.plain("📜 History"), OpenTimeline(order.id))))
    rows.append(message_lines.all_of(words, order, lambda message_id: ReadSalesThread(message_id, below=page is None)))
    if page is not None:
        rows.append((ways.back(words, page), ways.home(words)))
    else:
        rows.append((Key(words.plain("🏠 Home"), LeaveCard()),))
    return tuple(rows)
