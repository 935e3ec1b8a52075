"""How far an order came and how its parcel is found: the same words and keys wherever an order is shown."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.screens.parts import order_text
from bot.sending.reply import Key
from bot.words import Html, Words, mark
from db.models import Order, OrderStatus, ProductKind
from shop.carriers import compact
from shop.orders import standing
from shop.orders.expecting import expected, is_collected
from shop.orders.news import BY_HAND

PENDING, PROCESSING, SHIPPED, COMPLETED, CANCELLED = OrderStatus
DONE: Mapping[OrderStatus, str] = {
    PENDING: mark("Ordered"),
    PROCESSING: mark("Paid"),
    SHIPPED: mark("Sent"),
    COMPLETED: mark("Arrived"),
}
ACCEPTED = mark("Accepted")
COLLECTED = mark("Collected")


def progress(words: Words, order: Order) -> Html | None:
    """The steps on one line, those that are done with a tick; a screen reader says which of how many it is.

    None for what has no way: downloads, and what was cancelled.
    """
    if order.kind is ProductKind.DIGITAL or order.status is CANCELLED or order_text.is_asked(order):
        return None
    steps = [PENDING, PROCESSING, COMPLETED] if is_collected(order) else [PENDING, PROCESSING, SHIPPED, COMPLETED]
    if order.status not in steps:  # collected, and sent after all
        steps = [PENDING, PROCESSING, SHIPPED, COMPLETED]
    here = steps.index(order.status)
    said = [
        Html.escape(("✓ " if place <= here else "") + _step(words, order, step)) for place, step in enumerate(steps)
    ]
    n, of = words.number(here + 1), words.number(len(steps))
    return words("Step {n} of {of}: {steps}", n=n, of=of, steps=Html(" · ").join(said))


def tracking(words: Words, order: Order) -> Html | None:
    """The number under which the parcel is found, to be copied by a tap; None without one."""
    if not order.tracking:
        return None
    if order.carrier:
        return words("{carrier}: <code>{number}</code>", carrier=order.carrier, number=order.tracking)
    return words("Tracking: <code>{number}</code>", number=order.tracking)


def arrival(words: Words, order: Order, now: datetime) -> Html | None:
    """When it should come, or how long the way takes once it is sent; None where nobody said."""
    if order.status is PROCESSING and order.shipping_days and not is_collected(order):
        return words("On the way for {days} days once it is sent.", days=order.shipping_days)
    days = expected(order, words.zone)
    if days is None:
        return None
    first, last = days
    if now.astimezone(words.zone).date() > last:
        return words("It should have arrived by {day}.", day=words.days(last, last))
    return words("Expected: <b>{days}</b>", days=words.days(*_ahead(first, last, now.astimezone(words.zone).date())))


def keys(words: Words, order: Order) -> tuple[Key, ...]:
    """To the carrier's page of a parcel that is on its way, and the number to be pasted elsewhere."""
    if not order.tracking or order.status is not SHIPPED:
        return ()
    copy = Key(words.plain("📋 Copy the number"), copy=compact(order.tracking))
    if order.tracking_url is None:
        return (copy,)
    return Key(words.plain("🔗 Where is it?"), url=order.tracking_url), copy


def _ahead(first: date, last: date, today: date) -> tuple[date, date]:
    """A day that is over is nothing to expect."""
    return max(first, min(today, last)), last


def _step(words: Words, order: Order, step: OrderStatus) -> str:
    if step is PROCESSING and order.payment_method in BY_HAND and not standing.is_paid(order):
        return words.plain(ACCEPTED)
    return words.plain(COLLECTED if step is COMPLETED and is_collected(order) else DONE[step])
