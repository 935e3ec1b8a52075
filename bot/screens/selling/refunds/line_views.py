"""Refunds by line as the seller sees them: the lines, how many units, and the question with the sum."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.screens.buying.checkout.buttons import OpenRefund
from bot.screens.parts import ways
from bot.screens.selling.refunds.asking import credit_key
from bot.screens.selling.refunds.buttons import ChooseLine, ChooseUnits, RefundLine
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Order, OrderItem
from shop.payments.line_refunds import LineLeft

PAGE = 6
MOST = 6  # counts of units, each a key
LABEL = 48  # UTF-16 units of a key


def lines(words: Words, order: Order, left: Sequence[LineLeft], page: int) -> Screen:
    """The lines that something is left of, with what all of their units cost after the discount."""
    page = max(0, min(page, (len(left) - 1) // PAGE))
    shown = left[page * PAGE : (page + 1) * PAGE]
    keys = tuple(
        (
            Key(
                words.plain(
                    "{n} × {product} · {amount}",
                    n=words.number(line.units),
                    product=fit_plain(line.item.name, LABEL),
                    amount=words.money(line.worth(line.units), order.currency),
                ),
                _next(order, line),
            ),
        )
        for line in shown
    )
    turning = ways.pages(
        words,
        ChooseLine(order.id, page - 1) if page else None,
        ChooseLine(order.id, page + 1) if (page + 1) * PAGE < len(left) else None,
    )
    text = words("Of which goods shall the money go back? The discount is taken off already.")
    if not left:
        text = words("No line is left: all of them were given back.")
    back = ways.back(words, OpenRefund(order.id))
    return Screen(f"{_head(words, order)}\n\n{text}", (*keys, turning, (back,)))


def units(words: Words, order: Order, line: LineLeft) -> Screen:
    """How many of them: the first few counts, and all."""
    counts = sorted({*range(1, min(line.units, MOST) + 1), line.units})
    keys = tuple(
        (
            Key(
                words.plain("{n} × · {amount}", n=words.number(n), amount=words.money(line.worth(n), order.currency)),
                RefundLine(order.id, line.item.id, n),
            ),
        )
        for n in counts
        if line.worth(n)
    )
    text = words("<b>{product}</b>\n\nHow many of them?", product=line.item.name)
    return Screen(f"{_head(words, order)}\n\n{text}", (*keys, (ways.back(words, ChooseLine(order.id)),)))


def sure_to_refund(
    words: Words, order: Order, item: OrderItem, amount: int, yes: RefundLine, *, may_come_back: bool
) -> Screen:
    """Asks before money goes: for what, how much, to whom, and whether the goods go back into stock."""
    goes = words.money(amount, order.currency)
    said = [
        words("💸 Give {amount} of order {number} back?", amount=goes, number=order.id),
        words("For {n} × {product}.", n=words.number(yes.units), product=item.name),
    ]
    if item.discount:
        share = words.money(item.price * yes.units - amount, order.currency)
        said.append(words("Its share of the discount, {amount}, was never paid and stays.", amount=share))
    said.append(words("{name} is told at once. This cannot be undone.", name=order.user.name))
    key = Key(words.plain("💸 Give {amount} back", amount=goes), yes, style="danger")
    stock: tuple[Key, ...] = ()
    if may_come_back:
        label = words.plain("📦 They go back into stock")
        other = replace(yes, sure=False, restock=not yes.restock)
        stock = (Key(f"✅ {label}" if yes.restock else f"▫️ {label}", other),)
    if yes.credit:
        said.append(words("It becomes credit in your shop, not money."))
    as_credit = credit_key(words, order, replace(yes, sure=False, credit=not yes.credit), on=yes.credit)
    return Screen("\n\n".join(said), (stock, as_credit, (key,), (ways.back(words, ChooseLine(order.id)),)))


def goods(words: Words, order: Order, given: RefundLine) -> Html:
    """What went back into stock."""
    item = next(one for one in order.items if one.id == given.item_id)
    return words("{n} × {name}", n=given.units, name=item.name)


def _head(words: Words, order: Order) -> str:
    return words("💳 <b>Money of order {number}</b>", number=order.id)


def _next(order: Order, line: LineLeft) -> ChooseUnits | RefundLine:
    if line.units == 1:
        return RefundLine(order.id, line.item.id, 1)
    return ChooseUnits(order.id, line.item.id)
