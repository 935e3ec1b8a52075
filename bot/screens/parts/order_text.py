"""What every screen about an order says alike: its lines, its sums, its status, its way so far."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.screens.parts import tax_lines
from bot.screens.parts.methods import method_name
from bot.sending.cutting import fit_plain
from bot.words import Html, Words, mark
from db.models import Order, OrderEvent, OrderStatus, Payment, ProductKind
from db.texts import name_in
from shop.orders.news import BY_HAND
from shop.orders.quotes import PRICE_AGREED, PRICE_ASKED, UNKNOWN
from shop.orders.standing import is_paid
from shop.payments.fulfil import EXPIRED
from shop.payments.months import SUBSCRIBED_TWICE, UNWANTED
from shop.privacy.departing import LEFT

PLACE = 48  # characters of an address on a key
GOODS = 24  # letters of a name that a key of a list has room for
STATUS = {
    OrderStatus.PENDING: mark("⏳ Waiting for payment"),
    OrderStatus.PROCESSING: mark("✅ Being prepared"),
    OrderStatus.SHIPPED: mark("🚚 On its way"),
    OrderStatus.COMPLETED: mark("🎉 Completed"),
    OrderStatus.CANCELLED: mark("✕ Cancelled"),
}
STEPS = {
    OrderStatus.PENDING: mark("placed"),
    OrderStatus.PROCESSING: mark("paid"),
    OrderStatus.SHIPPED: mark("sent"),
    OrderStatus.COMPLETED: mark("completed"),
    OrderStatus.CANCELLED: mark("cancelled"),
}
REASONS = {
    EXPIRED: mark("The time to pay ran out."),
    "cancelled_by_customer": mark("Cancelled by the customer."),
    "cancelled_by_seller": mark("Cancelled by the seller."),
    "refunded": mark("The payment goes back in full."),
    SUBSCRIBED_TWICE: mark("A second subscription; the payment goes back."),
    UNWANTED: mark("It is not sold any more; the payment goes back."),
    LEFT: mark("The time to pay ran out, and the customer left the shop."),
}


def status(words: Words, order: Order) -> str:
    """Where the order stands, in plain text: for keys of lists too."""
    if order.status is OrderStatus.PENDING and (order.payment_method in BY_HAND or is_asked(order)):
        if order.kind is ProductKind.PHYSICAL and order.address is None:
            return words.plain("⏳ Waiting for the address")
        return words.plain("⏳ Not ordered yet") if is_asked(order) else words.plain("⏳ Waiting for the seller")
    return words.plain(STATUS[order.status])


def is_asked(order: Order) -> bool:
    """Whether it will be paid by hand, and its customer did not say yes to everything about it yet."""
    return order.payment_method is None


def is_downloadable(order: Order) -> bool:
    """Whether what was bought to download is its buyer's: paid, not given back in full, of a month: while it lasts."""
    payment = order.payment
    if order.month is not None and order.access_until is None:
        return False
    bought = order.kind is ProductKind.DIGITAL and order.status is OrderStatus.COMPLETED and is_paid(order)
    return bought and payment is not None and payment.refunded_amount < payment.amount


def label(words: Words, order: Order, *, name: str) -> str:
    """One line for the key of a list: the symbol of its status, what it is, and last what may be cut off."""
    symbol = status(words, order).partition(" ")[0]
    return words.row(f"{symbol} {order.id}", words.money(order.total_price, order.currency), name)


def own_label(words: Words, order: Order) -> str:
    """The same for the customer, who knows orders by what was in them and by when it was."""
    symbol, _, stands = status(words, order).partition(" ")
    more = (order.lines or 1) - 1
    goods = name_in(words.language, order.first_item or "", order.first_texts)[:GOODS] + (
        f" +{words.number(more)}" if more else ""
    )
    amount = words.money(order.total_price, order.currency)
    return words.row(f"{symbol} {order.id}", words.day(order.created_at), goods, amount, stands)


def lines(words: Words, order: Order, *, own: bool = False) -> str:
    """What was ordered, what it costs, and what became of the money; `own`: as its seller calls it."""
    return "\n".join([sums(words, order, own=own), *_paid(words, order)])


def sums(words: Words, order: Order, *, own: bool = False) -> str:
    """What was ordered and what it costs; `own`: as its seller calls it, in whatever language they read."""
    money = order.currency
    said: list[str] = [
        words(
            "{n} × {product} — {amount}",
            n=words.number(item.quantity),
            product=item.name if own else item.name_in(words.language),
            amount=words.money(item.price * item.quantity, money),
        )
        for item in order.items
    ]
    if order.discount:
        said.append(_discount(words, order))
    if order.shipping_option:
        said.append(_shipping(words, order))
    before, behind = tax_lines.of_order(words, order)
    said += [*before, words("Total: <b>{amount}</b>", amount=words.money(order.total_price, money)), *behind]
    if order.credit:
        said.append(words("🎁 Store credit: −{amount}", amount=words.money(order.credit, money)))
        if order.due:
            said.append(words("Left to pay: <b>{amount}</b>", amount=words.money(order.due, money)))
    return "\n".join(said)


def _discount(words: Words, order: Order) -> str:
    amount = words.money(order.discount, order.currency)
    if order.discount_name is None:
        return words("Discount: −{amount}", amount=amount)
    return words("Discount, {name}: −{amount}", name=order.discount_name, amount=amount)


def _shipping(words: Words, order: Order) -> str:
    amount = words.money(order.shipping, order.currency)
    if order.quote in UNKNOWN and order.shipping_title is not None:
        return words("Shipping, {way}: price after the order", way=words.named(order.shipping_title))
    if order.shipping_title is None:  # ordered before names were kept
        return words("Shipping: {amount}", amount=amount)
    if order.free_shipping and not order.shipping:
        way = words.named(order.shipping_title)
        if order.shipping_offer is not None:
            return words("Shipping, {way}: free ({name})", way=way, name=order.shipping_offer)
        return words("Shipping, {way}: free", way=way)
    return words("Shipping, {way}: {amount}", way=words.named(order.shipping_title), amount=amount)


def _paid(words: Words, order: Order) -> list[str]:
    payment = order.payment
    said: list[str] = []
    if payment is not None and payment.tip:
        said.append(words("Tip: {amount}", amount=words.money(payment.tip, payment.currency)))
        everything = words.money(order.total_price + payment.tip, payment.currency)
        said.append(words("Total with tip: <b>{amount}</b>", amount=everything))
    if payment is not None and payment.refunded_amount:
        said.extend(given_back(words, payment))
    if order.payment_method:
        unpaid = words.plain("not paid") if order.status is OrderStatus.CANCELLED else words.plain("not paid yet")
        paid = words.plain("paid") if is_paid(order) else unpaid
        said.append(words("Payment: {method} — {paid}", method=method_name(words, order.payment_method), paid=paid))
    return said


def given_back(words: Words, payment: Payment) -> list[str]:
    """What is back, and what was only decided: a person may still have to hand it over, or a bank to move it."""
    owed = payment.to_give_back or 0
    back = payment.refunded_amount - owed
    said: list[str] = []
    if back > 0:
        said.append(words("Given back: {amount}", amount=words.money(back, payment.currency)))
    if owed:
        said.append(words("Still to be given back: {amount}", amount=words.money(owed, payment.currency)))
    if kept := payment.amount - payment.refunded_amount:
        said.append(words("Paid after that: {amount}", amount=words.money(kept, payment.currency)))
    return said


def reason(words: Words, order: Order, *, to_customer: bool = False) -> str:
    """Why it was cancelled; a seller's own words are left as they are."""
    why = order.cancel_reason or ""
    if to_customer and why == "cancelled_by_customer":
        return words.plain("You cancelled it.")
    if why in REASONS:
        return words.plain(REASONS[why])
    return words.plain("“{said}”", said=why) if why else ""


def way(words: Words, order: Order) -> str:
    """The steps it took, oldest first."""
    return "\n".join(
        words("<i>{time} — {step}</i>", time=words.datetime(event.created_at), step=_step(words, order, event))
        for event in order.events
        if event.cause not in {PRICE_ASKED, PRICE_AGREED}
    )


def _step(words: Words, order: Order, event: OrderEvent) -> str:
    if event.from_status == event.to_status:
        return words.plain("tracking number corrected")
    if event.cause == "placed" and is_asked(order):
        return words.plain("begun")
    if event.cause == "renewed":
        return words.plain("another month")
    if event.cause == "accepted":
        return words.plain("accepted by the seller")
    return words.plain(STEPS[OrderStatus(event.to_status)])


def present(words: Words, order: Order) -> Html | None:
    """That it is a present, for whom as soon as that is known, and with which message."""
    name = (order.address or {}).get("name")
    if order.present is None:
        return None
    if not name and not order.present:
        return words("🎁 A present")
    if not name:
        return words("🎁 A present:\n<blockquote>{message}</blockquote>", message=order.present)
    if not order.present:
        return words("🎁 A present for {name}", name=name)
    return words("🎁 A present for {name}:\n<blockquote>{message}</blockquote>", name=name, message=order.present)


def address(words: Words, order: Order) -> Markup:
    """Where it goes, a line each, as Telegram HTML; empty when nobody said."""
    return address_lines(words, order.address or {})


def address_on_a_key(given: Mapping[str, Any]) -> str:
    """An address as short as a key needs it."""
    parts = (given.get("street_line1"), given.get("city"), given.get("name"))
    return fit_plain(", ".join(str(part) for part in parts if part), PLACE)


def address_lines(words: Words, given: Mapping[str, Any]) -> Markup:
    """An address as Telegram names its parts, a line each, as Telegram HTML."""
    country = str(given.get("country_code") or "")
    parts = [
        given.get("name"),
        given.get("street_line1"),
        given.get("street_line2"),
        " ".join(str(given[key]) for key in ("post_code", "city") if given.get(key)),
        given.get("state"),
        words.country(country) if country else None,
        given.get("phone_number"),
    ]
    return Markup("\n").join(part for part in parts if part)
