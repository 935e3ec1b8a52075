"""What the pages of orders say: where an order stands, how it is paid, and what happened to it."""

from collections.abc import Mapping
from typing import Any

from db.models import Order, OrderStatus, ProductKind
from shop.orders.news import BY_HAND
from shop.orders.timeline import Happened
from web.desk.words import Words, mark

STATUS = {
    OrderStatus.PENDING: mark("⏳ Waiting for payment"),
    OrderStatus.PROCESSING: mark("✅ Being prepared"),
    OrderStatus.SHIPPED: mark("🚚 On its way"),
    OrderStatus.COMPLETED: mark("🎉 Completed"),
    OrderStatus.CANCELLED: mark("✕ Cancelled"),
}
TABS: Mapping[str, tuple[str, OrderStatus | None]] = {
    "all": (mark("All"), None),
    "to-do": (mark("To do"), OrderStatus.PROCESSING),
    "unpaid": (mark("Not paid"), OrderStatus.PENDING),
    "shipped": (mark("On the way"), OrderStatus.SHIPPED),
    "completed": (mark("Completed"), OrderStatus.COMPLETED),
    "cancelled": (mark("Cancelled"), OrderStatus.CANCELLED),
}
METHODS = {
    "telegram": mark("💳 Card, here in the chat"),
    "stripe": mark("🌐 Card, on a secure page"),
    "paypal": mark("🅿️ PayPal"),
    "crypto": mark("🪙 Crypto, with @CryptoBot"),
    "stars": mark("⭐ Telegram Stars"),
    "cash": mark("💶 Cash on delivery"),
    "transfer": mark("🏦 Bank transfer"),
}
REASONS = {
    "expired": mark("The time to pay ran out."),
    "cancelled_by_customer": mark("Cancelled by the customer."),
    "cancelled_by_seller": mark("Cancelled by the seller."),
    "refunded": mark("The payment goes back in full."),
}
HAPPENED: Mapping[str, str] = {
    "order.pending": mark("ordered"),
    "order.processing": mark("paid or accepted"),
    "order.shipped": mark("sent"),
    "order.completed": mark("completed"),
    "order.cancelled": mark("cancelled"),
    "tracking_corrected": mark("tracking number corrected"),
    "order.money_came": mark("confirmed money"),
    "order.not_cancelled": mark("did not cancel an order"),
    "order.paid_back": mark("paid money back by hand"),
    "order.noted": mark("noted"),
    "message": mark("wrote"),
    "refund.created": mark("{amount} goes back"),
    "refund.pending": mark("{amount} goes back"),
    "refund.succeeded": mark("{amount} went back"),
    "refund.failed": mark("{amount} could not be given back"),
    "refund.manual": mark("{amount} to be given back by hand"),
    "returned": mark("back into stock: {units}"),
}
COLOURS = {
    OrderStatus.PENDING: "yellow",
    OrderStatus.PROCESSING: "green",
    OrderStatus.SHIPPED: "blue",
    OrderStatus.COMPLETED: "teal",
    OrderStatus.CANCELLED: "secondary",
}


def status(words: Words, order: Order) -> str:
    """Where an order stands."""
    by_hand = order.payment_method is None or order.payment_method in BY_HAND
    if order.status is OrderStatus.PENDING and by_hand:
        if order.kind is ProductKind.PHYSICAL and order.address is None:
            return words.plain("⏳ Waiting for the address")
        if order.payment_method is None:
            return words.plain("⏳ Not ordered yet")
        return words.plain("⏳ Waiting for the seller")
    return words.plain(STATUS[order.status])


def method(words: Words, name: str | None) -> str:
    """A way to pay."""
    return words.plain(METHODS[name]) if name in METHODS else name or ""


def reason(words: Words, order: Order) -> str:
    """Why it was cancelled."""
    why = order.cancel_reason or ""
    return words.plain(REASONS[why]) if why in REASONS else why


def address(words: Words, order: Order) -> list[str]:
    """Where it goes, a line each."""
    given: Mapping[str, Any] = order.address or {}
    country = str(given.get("country_code") or "")
    parts = (
        given.get("name"),
        given.get("street_line1"),
        given.get("street_line2"),
        " ".join(str(given[key]) for key in ("post_code", "city") if given.get(key)),
        given.get("state"),
        words.country(country) if country else None,
        given.get("phone_number"),
    )
    return [str(part) for part in parts if part]


def happened(words: Words, one: Happened, currency: str) -> dict[str, str]:
    """One line of the timeline."""
    amount = "" if one.amount is None else words.money(one.amount, currency)
    units = "" if one.units is None else words.number(one.units)
    what = words.plain(HAPPENED[one.what], amount=amount, units=units) if one.what in HAPPENED else one.what
    return {"at": words.datetime(one.at), "who": one.who or words.plain("The shop"), "what": what, "text": one.text}
