"""A return as both sides see it: which pieces, why, where it stands, and its steps with their times."""

from collections.abc import Mapping

from bot.screens.parts.message_lines import quote
from bot.words import Html, Words, mark
from db.models import Return, ReturnEvent, ReturnReason, ReturnStatus

ASKED, AGREED, RECEIVED, REFUNDED, CLOSED, DECLINED, WITHDRAWN = ReturnStatus
SHORT = 300  # letters of what either side wrote
STATUS: Mapping[ReturnStatus, str] = {
    ASKED: mark("⏳ Waiting for the seller"),
    AGREED: mark("📦 To be sent back"),
    RECEIVED: mark("🔍 The goods are back"),
    REFUNDED: mark("💸 Money given back"),
    CLOSED: mark("✕ Ended without money"),
    DECLINED: mark("✋ Declined"),
    WITHDRAWN: mark("✕ Withdrawn"),
}
STEPS: Mapping[ReturnStatus, str] = {
    ASKED: mark("asked to send back"),
    AGREED: mark("agreed"),
    RECEIVED: mark("goods received"),
    REFUNDED: mark("money decided: {amount}"),
    CLOSED: mark("ended without money"),
    DECLINED: mark("declined"),
    WITHDRAWN: mark("withdrawn"),
}
REASONS: Mapping[ReturnReason, str] = {
    ReturnReason.DAMAGED: mark("Damaged or broken"),
    ReturnReason.WRONG: mark("Another thing was sent"),
    ReturnReason.OTHERWISE: mark("Not as described"),
    ReturnReason.SIZE: mark("Does not fit"),
    ReturnReason.MIND: mark("I do not want it any more"),
    ReturnReason.OTHER: mark("Something else"),
}


def status(words: Words, row: Return) -> str:
    """Where it stands; plain text."""
    return words.plain(STATUS[row.status])


def label(words: Words, row: Return, name: str = "") -> str:
    """A return on a key of a list: the symbol of its status, its order, when it was asked, whose it is."""
    symbol, _, stands = status(words, row).partition(" ")
    return words.row(f"{symbol} {row.order_id}", words.day(row.created_at), name or stands)


def goods(words: Words, row: Return, *, own: bool = False) -> Html:
    """Its pieces, a line each; `own`: as their seller calls them."""
    lines = [
        words(
            "• {n} × {product}",
            n=words.number(one.quantity),
            product=one.item.name if own else one.item.name_in(words.language),
        )
        for one in row.lines
    ]
    return Html("\n").join(lines)


def body(words: Words, row: Return, title: Html, *, own: bool = False) -> Html:
    """Everything about it; `own`: its goods as their seller calls them."""
    parts = [title + Html("\n") + words("<b>{status}</b>", status=status(words, row)), goods(words, row, own=own)]
    why = words("Reason: {reason}", reason=words.plain(REASONS[row.reason]))
    if row.words:
        why += Html("\n") + quote(words, row.words, SHORT)
    parts.append(why)
    if row.answer:
        parts.append(words("✍️ {seller}:", seller=row.order.owner.name) + Html("\n") + quote(words, row.answer, SHORT))
    parts.append(Html("\n").join(_step(words, row, one) for one in row.events))
    return Html("\n\n").join(parts)


def _step(words: Words, row: Return, event: ReturnEvent) -> Html:
    amount = "" if event.amount is None else words.money(event.amount, row.order.currency)
    what = words.plain(STEPS[event.status], amount=amount)
    return words("<i>{time} — {step}</i>", time=words.datetime(event.created_at), step=what)
