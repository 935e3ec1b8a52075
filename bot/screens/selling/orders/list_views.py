"""Lists of a seller's orders: by status, and by what somebody remembers of them."""

from collections.abc import Iterator

from bot.screens.parts import order_text, ways
from bot.screens.selling.orders.buttons import AskSales, ChooseStatus, FindSales, ListSales, OpenSale, PackAll, ShipMany
from bot.screens.selling.orders.views import EXPLAINED
from bot.screens.selling.returns.buttons import ListSalesReturns
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import SOURCE, Words, mark, words_for
from db.models import Order, OrderStatus
from db.terms import words_of
from shop.orders.pages import OrderPage
from shop.orders.searching import FoundOrders

USAGE = EXPLAINED["orders"]
TABS = {
    OrderStatus.PENDING: mark("⏳ Not paid"),
    OrderStatus.PROCESSING: mark("✅ To do"),
    OrderStatus.SHIPPED: mark("🚚 On the way"),
    OrderStatus.COMPLETED: mark("🎉 Completed"),
    OrderStatus.CANCELLED: mark("✕ Cancelled"),
}
# What people call them when they type it after /orders; translators write their own, as many as they like.
CALLED = {
    OrderStatus.PENDING: mark("not paid, unpaid, pending, waiting"),
    OrderStatus.PROCESSING: mark("to do, to ship, to send, paid, processing, open"),
    OrderStatus.SHIPPED: mark("on the way, shipped, sent"),
    OrderStatus.COMPLETED: mark("completed, done, delivered"),
    OrderStatus.CANCELLED: mark("cancelled, canceled"),
}


def status_of(words: Words, text: str) -> OrderStatus | None:
    """The status that somebody typed, in their language or in English."""
    typed = words_of(text)
    return next((status for status in OrderStatus if any(typed == name for name in _names(words, status))), None)


def sales(words: Words, page: OrderPage, status: OrderStatus | None, *, sellers: bool = False) -> Screen:
    """A page of the list, newest first, of one status or of all; `sellers`: say whose each order is."""
    title = (
        words("🧾 <b>All orders</b>") if status is None else words("🧾 <b>Orders: {tab}</b>", tab=_tab(words, status))
    )
    if not page.orders:
        title += words("\n\nThere are none.")
    newer = ListSales(status, after=page.orders[0].id) if page.newer and page.orders else None
    if page.newer and not page.orders:
        newer = ListSales(status)
    older = ListSales(status, page.orders[-1].id) if page.older and page.orders else None
    found = [(Key(_label(words, one, sellers=sellers), OpenSale(one.id, status, page.top)),) for one in page.orders]
    rows = [
        *found,
        ways.pages(words, newer, older),
        *_tools(words, status, page),
        (ways.home(words),),
    ]
    return Screen(title, tuple(rows))


def choose_status(words: Words) -> Screen:
    """The orders by how far they are."""
    returns = (Key(words.plain("↩️ Returns"), ListSalesReturns()),)
    return Screen(words("🧾 Which orders?"), (*_tabs(words), returns, (ways.back(words, ListSales()),)))


def ask_what(words: Words) -> Screen:
    """Asks what to look for."""
    return Screen(
        words(
            "🔍 Which order? Write its number, a name, an <code>@name</code>, a phone number, or what was "
            "ordered: a product or its SKU."
        ),
        ((ways.back(words, ListSales()),),),
    )


def found(words: Words, asked: FindSales, found: FoundOrders, *, sellers: bool) -> Screen:
    """The orders that answer to it, newest first."""
    title = words("🧾 <b>Orders: “{query}”</b>", query=asked.query)
    if not found.orders:
        title += words("\n\nThere are none.")
        if found.further is not None:
            title += words("\nOlder orders were not looked through yet.")
        else:
            title += "\n\n" + words(USAGE)
    first = FindSales(asked.query) if asked.before is not None else None
    rows = [(Key(_label(words, order, sellers=sellers), OpenSale(order.id)),) for order in found.orders]
    if found.further is not None:
        older = FindSales(asked.query, found.further)
        rows.append((Key(words.plain("🔍 Look further back"), older),))
    onward = (ways.pages(words, first, None), _others(words), (ways.home(words),))
    return Screen(title, (*rows, *onward))


def _tools(words: Words, status: OrderStatus | None, page: OrderPage) -> Keyboard:
    """Looking for one, and what is done with many at once."""
    if status is not OrderStatus.PROCESSING or not page.orders:
        return (_others(words),)
    many = Key(words.plain("🚚 Ship several"), ShipMany())
    return ((many, Key(words.plain("🖨 Packing lists"), PackAll())), _others(words))


def _others(words: Words) -> tuple[Key, ...]:
    """To an order that one remembers, and to those in another status."""
    return (Key(words.plain("🔍 Find"), AskSales()), Key(words.plain("🗂 By status"), ChooseStatus()))


def _tabs(words: Words) -> Keyboard:
    tabs = [*(Key(_tab(words, tab), ListSales(tab)) for tab in OrderStatus), Key(words.plain("All"), ListSales())]
    return tuple(tuple(tabs[start : start + 2]) for start in range(0, len(tabs), 2))


def _tab(words: Words, status: OrderStatus) -> str:
    return words.plain(TABS[status])


def _label(words: Words, order: Order, *, sellers: bool) -> str:
    people = f"{order.owner.name} ← {order.user.name}" if sellers else order.user.name
    return order_text.label(words, order, name=people)


def _names(words: Words, status: OrderStatus) -> Iterator[list[str]]:
    for spoken in (words, words_for(SOURCE)):
        yield words_of(_tab(spoken, status))
        yield from (words_of(name) for name in spoken.plain(CALLED[status]).split(","))
