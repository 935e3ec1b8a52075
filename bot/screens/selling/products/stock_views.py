"""The history of a stock in words, and the list of what runs low."""

from collections.abc import Mapping

from bot.screens.parts import ways
from bot.screens.selling.products.buttons import OpenHistory, OpenLow, OpenOwned, OpenProducts
from bot.screens.selling.products.views import full_name, in_stock
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from db.models import MovementReason
from shop.products.low import LowPage
from shop.products.stock_history import StockChange, StockHistory

NAME = 36  # characters of a name on a key
REASONS: Mapping[MovementReason, str] = {
    MovementReason.RECEIVED: mark("received"),
    MovementReason.SOLD: mark("sold"),
    MovementReason.RETURNED: mark("returned"),
    MovementReason.CORRECTED: mark("corrected"),
}
NOTES: Mapping[str, str] = {
    "first stock": mark("first stock"),
    "keys": mark("keys"),
    "keys withdrawn": mark("keys withdrawn"),
    "key put back": mark("key put back"),
    "key replaced": mark("key replaced"),
    "the imported file says so": mark("by import"),
    "the imported file was undone": mark("import undone"),
}


def history(words: Words, page: StockHistory) -> Screen:
    """A page of movements, each with who, when, and the stock after it."""
    number, changes = page.item.product.id, page.changes
    newer = older = None
    if changes and page.has_newer:
        newer = OpenHistory(number, newer=changes[0].id, stock=changes[0].after)
    if changes and page.has_older:
        last = changes[-1]
        older = OpenHistory(number, older=last.id, stock=last.after - last.delta)
    lines = [_line(words, change) for change in changes] or [words("Nothing came or went yet.")]
    head = words("📈 <b>{name}</b>: {stock}.", name=full_name(page.item), stock=in_stock(words, page.item))
    return Screen(
        "\n\n".join([head, "\n".join(lines)]),
        (ways.pages(words, newer, older), (ways.back(words, OpenOwned(number)), ways.home(words))),
    )


def low(words: Words, page: LowPage) -> Screen:
    """What is sold out or nearly so, as keys, those with the least first."""
    rows = []
    for item in page.items:
        name = item.title if len(item.title) <= NAME else item.title[: NAME - 1].rstrip() + "…"
        left = words.number(item.left) if item.left else words.plain("sold out")
        rows.append((Key(words.row(name, left), OpenOwned(item.id)),))
    previous = OpenLow(page.page - 1) if page.page else None
    following = OpenLow(page.page + 1) if page.has_more else None
    title = words("📉 <b>Low or sold out</b>")
    more = words("Tap one to restock it.") if page.items else words("Nothing is low: everything is there.")
    back = (ways.back(words, OpenProducts()), ways.home(words))
    return Screen(f"{title}\n\n{more}", (*rows, ways.pages(words, previous, following), back))


def _line(words: Words, change: StockChange) -> Html:
    sign = "+" if change.delta > 0 else "−"
    parts = [words("{change} {reason}", change=sign + words.number(abs(change.delta)), reason=_reason(words, change))]
    if change.order_id is not None:
        parts.append(words("order {number}", number=change.order_id))
    if change.note:
        parts.append(words("{note}", note=words.plain(NOTES[change.note]) if change.note in NOTES else change.note))
    if change.person:
        parts.append(words("by {name}", name=change.person))
    parts.append(words("{when}", when=words.datetime(change.created_at)))
    return Html(" · ").join(parts) + words(" → <b>{n}</b>", n=words.number(change.after))


def _reason(words: Words, change: StockChange) -> str:
    return words.plain(REASONS[change.reason])
