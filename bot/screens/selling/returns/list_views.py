"""Lists of returns: by status, and of one order."""

from collections.abc import Mapping, Sequence

from bot.screens.parts import return_lines, ways
from bot.screens.selling.orders.buttons import ListSales, OpenSale
from bot.screens.selling.returns.buttons import BeginReturn, ListSalesReturns, OpenSalesReturn
from bot.sending.reply import Key, Screen
from bot.words import SOURCE, Words, mark, words_for
from db.models import Order, Return, ReturnStatus
from shop.returns.reading import ReturnPage
from shop.returns.rule import AGREED, ARRIVED, ASKED, CLOSED, DECLINED, RECEIVED, REFUNDED, WITHDRAWN, left

TABS: Mapping[ReturnStatus, str] = {
    ASKED: mark("⏳ To answer"),
    AGREED: mark("📦 Coming back"),
    RECEIVED: mark("🔍 To pay back"),
    REFUNDED: mark("💸 Paid back"),
    DECLINED: mark("✋ Declined"),
    WITHDRAWN: mark("✕ Withdrawn"),
    CLOSED: mark("✕ Without money"),
}
ROW = 2


def status_of(words: Words, text: str) -> ReturnStatus | None:
    """The status that somebody typed, in their language or in English."""
    typed = text.strip().casefold()
    for spoken in (words, words_for(SOURCE)):
        for status, tab in TABS.items():
            if typed and typed in (spoken.plain(tab).partition(" ")[2].casefold(), status.value):
                return status
    return None


def listed(words: Words, found: ReturnPage, asked: ListSalesReturns) -> Screen:
    """A page of the list, newest first, of one status or of all."""
    title = words("↩️ <b>Returns</b>")
    if asked.status is not None:
        title = words("↩️ <b>Returns: {tab}</b>", tab=words.plain(TABS[asked.status]).partition(" ")[2])
    if not found.returns:
        title += words("\n\nThere are none.")
    rows = [
        (Key(return_lines.label(words, one, one.order.user.name), OpenSalesReturn(one.id)),) for one in found.returns
    ]
    first = ListSalesReturns(asked.status) if asked.before is not None else None
    older = ListSalesReturns(asked.status, found.returns[-1].id) if found.older else None
    tabs = [Key(words.plain(tab), ListSalesReturns(one)) for one, tab in TABS.items() if one is not asked.status]
    if asked.status is not None:
        tabs.append(Key(words.plain("All"), ListSalesReturns()))
    grouped = [tuple(tabs[at : at + ROW]) for at in range(0, len(tabs), ROW)]
    last = (Key(words.plain("🧾 Orders"), ListSales()), ways.home(words))
    return Screen(title, (*rows, ways.pages(words, first, older), *grouped, last))


def of_order(words: Words, order: Order, found: Sequence[Return]) -> Screen:
    """The returns of one order, and a key to begin one for its customer."""
    text = words("↩️ <b>Returns of order {number}</b>", number=order.id)
    if not found:
        text += words("\n\nThere are none.")
    rows = [(Key(return_lines.label(words, one), OpenSalesReturn(one.id)),) for one in found]
    if order.status in ARRIVED and any(left(item) for item in order.items):
        rows.append((Key(words.plain("➕ Begin a return"), BeginReturn(order.id)),))
    return Screen(text, (*rows, (ways.back(words, OpenSale(order.id)), ways.home(words))))
