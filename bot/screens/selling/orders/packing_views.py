"""What a packing list holds: where it goes, how, what goes into it, and what the customer asked for; no prices."""

from collections.abc import Sequence

from bot.documents.paper import Beside, Block, Column, Page, Paper, Table, Text
from bot.screens.parts import order_text, ways
from bot.screens.selling.orders.buttons import ListSales, OpenSale, PackAll
from bot.sending.reply import Key, Keyboard, Toast
from bot.words import Words
from bot.words.weights import weight
from db.models import Order, OrderStatus, PaymentStatus
from shop.orders.packing import Parcel, Parcels
from shop.orders.requests import ASKED


def paper(words: Words, parcels: Sequence[Parcel]) -> Paper:
    """A page for each order."""
    return Paper(words.plain("Packing list"), [_page(words, parcel) for parcel in parcels])


def one(words: Words, order_id: int) -> tuple[str, Keyboard]:
    """What stands below the list of one order."""
    caption = words("🖨 Packing list of order {number}", number=order_id)
    return caption, ((Key(words.plain("🧾 Order {number}", number=order_id), OpenSale(order_id)), ways.home(words)),)


def several(words: Words, found: Parcels) -> tuple[str, Keyboard]:
    """What stands below those of several, and the key to the next ones."""
    n = len(found.parcels)
    caption = words.n("🖨 {count} order to send", "🖨 {count} orders to send, the oldest first", n, count=words.number(n))
    to_do = Key(words.plain("🧾 Orders"), ListSales(OrderStatus.PROCESSING))
    rows: Keyboard = ((to_do, ways.home(words)),)
    if found.further is None:
        return caption, rows
    return caption, ((Key(words.plain("🖨 The next ones"), PackAll(found.further)),), *rows)


def nothing(words: Words) -> Toast:
    """No order waits to be sent."""
    return Toast(words.plain("Nothing is to be sent now."))


def _page(words: Words, parcel: Parcel) -> Page:
    order = parcel.order
    where = order_text.address(words, order).unescape() or words.plain("No address yet.")
    sender, receiver = words.plain("From"), words.plain("To")
    blocks: list[Block] = [
        Text(words.plain("Packing list"), quiet=True),
        Text(words.plain("Order {number}", number=order.id), big=True),
        Text(words.date(order.created_at), quiet=True),
        Beside(f"{sender}\n{order.owner.name}", f"{receiver}\n{where}"),
    ]
    if order.shipping_title:
        blocks.append(Text(words.plain("Shipping: {way}", way=order.shipping_title)))
    blocks += _present(words, order)
    blocks += [Text(why, strong=True) for why in _hold(words, parcel)]
    blocks.append(_goods(words, parcel))
    if order.note and order.present is None:  # this paper lies in the parcel, and they wrote to the seller
        blocks += [Text(words.plain("The customer’s note"), strong=True), Text(order.note)]
    return Page(blocks)


def _goods(words: Words, parcel: Parcel) -> Table:
    """A line each, with its weight where any is known; in all only where that of each is."""
    items = parcel.order.items
    columns = [Column(words.plain("Quantity"), 2, right=True), Column(words.plain("Goods"), 8), Column("SKU", 4)]
    rows = [[words.number(item.quantity), item.name, parcel.skus[item.product_id]] for item in items]
    sums = [words.number(sum(item.quantity for item in items)), words.plain("in all"), ""]
    grams = [(parcel.weights[item.product_id] or 0) * item.quantity for item in items]
    if any(grams):
        columns.append(Column(words.plain("Weight"), 2, right=True))
        for row, heavy in zip(rows, grams, strict=True):
            row.append(weight(words, heavy) if heavy else "")
        sums.append(weight(words, sum(grams)) if all(grams) else "")
    return Table(tuple(columns), [tuple(row) for row in rows], sums=[tuple(sums)] if len(rows) > 1 else ())


def _present(words: Words, order: Order) -> list[Block]:
    """For whom a present is, and its message for that person to read."""
    if order.present is None:
        return []
    name = str((order.address or {}).get("name") or "")
    heading = words.plain("A present for {name}", name=name) if name else words.plain("A present")
    said: list[Block] = [Text(heading, strong=True)]
    if order.present:
        said.append(Text(order.present, big=True))
    return said


def _hold(words: Words, parcel: Parcel) -> list[str]:
    """Why it may have to stay: what the chat says of the order, said on paper as well."""
    order, why = parcel.order, []
    if order.status is OrderStatus.CANCELLED:
        why.append(words.plain("This order is cancelled."))
    if order.status is OrderStatus.PROCESSING and order.cancel_request == ASKED:
        why.append(words.plain("The customer asks you to cancel it."))
    if order.payment is not None and order.payment.payment_status is PaymentStatus.DISPUTED:
        why.append(words.plain("The customer’s bank disputes the payment. Do not send it until this is decided."))
    return why
