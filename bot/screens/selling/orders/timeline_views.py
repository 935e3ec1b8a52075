"""What happened to an order, in words: when, who, what."""

from collections.abc import Mapping

from bot.screens.parts import ways
from bot.screens.parts.message_lines import quote
from bot.screens.selling.orders.buttons import OpenSale, OpenTimeline
from bot.sending.reply import Screen
from bot.words import Html, Words, mark
from shop.orders.timeline import Happened, Timeline

SHORT = 120  # letters of what was written
SAID: Mapping[str, str] = {
    "order.pending": mark("ordered"),
    "order.processing": mark("paid or accepted"),
    "order.shipped": mark("sent"),
    "order.completed": mark("completed"),
    "order.cancelled": mark("cancelled"),
    "tracking_corrected": mark("tracking number corrected"),
    "price_asked": mark("asked what sending costs"),
    "order.priced": mark("offered to send it for {amount}"),
    "price_agreed": mark("agreed to the price of sending"),
    "price_declined": mark("did not agree to the price, and cancelled"),
    "order.money_came": mark("confirmed money"),
    "order.not_cancelled": mark("did not cancel an order"),
    "order.paid_back": mark("paid money back by hand"),
    "order.noted": mark("noted"),
    "return.started": mark("began a return"),
    "return.agreed": mark("agreed to a return"),
    "return.declined": mark("declined a return"),
    "return.received": mark("got goods back"),
    "return.closed": mark("ended a return without money"),
    "message": mark("wrote"),
    "refund.created": mark("{amount} goes back"),
    "refund.pending": mark("{amount} goes back"),
    "refund.succeeded": mark("{amount} went back"),
    "refund.failed": mark("{amount} could not be given back"),
    "refund.manual": mark("{amount} to be given back by hand"),
    "returned": mark("back into stock: {units}"),
}


def timeline(words: Words, found: Timeline) -> Screen:
    """A page, newest first."""
    order = found.order
    parts = [words("📜 <b>History of order {number}</b>", number=order.id)]
    parts += [_line(words, one, order.currency) for one in found.happened]
    newer = OpenTimeline(order.id, found.page - 1) if found.page else None
    older = OpenTimeline(order.id, found.page + 1) if found.older else None
    rows = (ways.pages(words, newer, older), (ways.back(words, OpenSale(order.id)), ways.home(words)))
    return Screen("\n\n".join(parts), rows)


def _line(words: Words, one: Happened, currency: str) -> Html:
    amount = "" if one.amount is None else words.money(one.amount, currency)
    units = "" if one.units is None else words.number(one.units)
    what = words.plain(SAID[one.what], amount=amount, units=units) if one.what in SAID else one.what
    who = one.who or words.plain("The shop")
    line = words("<i>{time}</i>\n<b>{who}</b>: {what}", time=words.datetime(one.at), who=who, what=what)
    return line + Html("\n") + quote(words, one.text, SHORT) if one.text else line
