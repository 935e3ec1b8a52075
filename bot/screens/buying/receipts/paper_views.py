"""A receipt on paper: from whom, to whom, what was sold at which price, and the tax rate by rate."""

from collections.abc import Sequence
from datetime import datetime

from bot.documents.paper import Beside, Block, Column, Page, Paper, Table, Text
from bot.screens.parts import order_text
from bot.screens.parts.methods import method_name
from bot.words import Words
from db.models import Receipt, ReceiptKind
from shop.payments.methods import CREDIT
from shop.receipts import Line, Printed, Rated, content_of


def paper(words: Words, receipt: Receipt) -> Paper:
    """The whole of it, from what was kept when it was issued."""
    content = content_of(receipt)
    title = _title(words, receipt)
    day = datetime.fromisoformat(content.day).replace(hour=12, tzinfo=words.zone)
    seller = content.seller
    if content.vat_id:
        seller += "\n" + words.plain("VAT number: {number}", number=content.vat_id)
    buyer = order_text.address_lines(words, content.buyer).unescape()
    blocks: list[Block] = [
        Text(title, big=True),
        Text(f"{words.date(day)} · {words.plain('Order {number}', number=receipt.order_id)}", quiet=True),
        Beside(f"{words.plain('From')}\n{seller}", f"{words.plain('To')}\n{buyer}"),
    ]
    blocks += _sale(words, receipt, content) if receipt.kind is ReceiptKind.SALE else _back(words, receipt, content)
    if any(one.rate for one in content.rates):
        blocks += [Text(words.plain("Tax"), strong=True), _rates(words, receipt, content.rates)]
    return Paper(title, (Page(blocks),), foot=title, rtl=words.from_the_right)


def _title(words: Words, receipt: Receipt) -> str:
    if receipt.kind is ReceiptKind.REFUND:
        return words.plain("Refund {number}", number=receipt.called)
    if receipt.kind is ReceiptKind.REVERSAL:
        return words.plain("Correction {number}", number=receipt.called)
    return words.plain("Receipt {number}", number=receipt.called)


def _sale(words: Words, receipt: Receipt, content: Printed) -> list[Block]:
    columns = (
        Column(words.plain("Goods"), 8),
        Column(words.plain("Quantity"), 3, right=True),
        Column(words.plain("Price"), 4, right=True),
        Column(words.plain("Tax"), 3, right=True),
        Column(words.plain("Amount"), 4, right=True),
    )
    money = receipt.currency
    rows = [_row(words, line, money) for line in content.lines]
    if content.shipping is not None:
        title = content.shipping.name
        named = words.plain("Shipping, {way}", way=title) if title else words.plain("Shipping")
        rate = words.percent(content.shipping.rate)
        rows.append((named, "", "", rate, words.money(content.shipping.amount, money)))
    sums: list[Sequence[str]] = []
    if any(line.on_top for line in content.lines):
        sums += [
            (words.plain("Tax {rate}", rate=words.percent(one.rate)), "", "", "", words.money(one.tax, money))
            for one in content.rates
            if one.tax
        ]
    sums.append((words.plain("Total"), "", "", "", words.money(receipt.total, money)))
    if content.tip:
        sums.append((words.plain("Tip"), "", "", "", words.money(content.tip, money)))
        everything = words.money(receipt.total + content.tip, money)
        sums.append((words.plain("Total with tip"), "", "", "", everything))
    blocks: list[Block] = [Table(columns, rows, sums)]
    if content.discount and content.discount_name:
        taken = words.money(content.discount, money)
        said = words.plain("Discount, {name}: −{amount}", name=content.discount_name, amount=taken)
        blocks.append(Text(said, quiet=True))
    if content.credit and content.method != CREDIT:
        paid = words.money(content.credit, money)
        blocks.append(Text(words.plain("Paid: {method}", method=f"{method_name(words, CREDIT)}, {paid}")))
    if content.method:
        blocks.append(Text(words.plain("Paid: {method}", method=method_name(words, content.method))))
    return blocks


def _row(words: Words, line: Line, money: str) -> tuple[str, ...]:
    name = line.name
    if line.discount:
        name += "\n" + words.plain("Discount: −{amount}", amount=words.money(line.discount, money))
    amounts = words.money(line.price, money), words.percent(line.rate), words.money(line.amount, money)
    return name, words.number(line.quantity), *amounts


def _back(words: Words, receipt: Receipt, content: Printed) -> list[Block]:
    """What went back, or came to stay: of which receipt, what for, how much."""
    if receipt.kind is ReceiptKind.REFUND:
        refers = words.plain("This refund belongs to receipt {number}.", number=content.of)
    else:
        refers = words.plain("The money of refund {number} did not arrive: it stays paid.", number=content.of)
    what = content.goods or words.plain("Part of the price")
    columns = (Column(words.plain("Goods"), 8), Column(words.plain("Amount"), 4, right=True))
    rows: list[Sequence[str]] = [(what, words.money(receipt.total, receipt.currency))]
    if content.tip:
        rows.append((words.plain("Tip"), words.money(content.tip, receipt.currency)))
    total = words.money(receipt.total + content.tip, receipt.currency)
    return [Text(refers), Table(columns, rows, ((words.plain("Total"), total),))]


def _rates(words: Words, receipt: Receipt, rates: Sequence[Rated]) -> Table:
    columns = (
        Column(words.plain("Tax"), 4),
        Column(words.plain("Without tax"), 4, right=True),
        Column(words.plain("Tax"), 4, right=True),
        Column(words.plain("With tax"), 4, right=True),
    )
    rows = [
        (
            words.percent(one.rate),
            *(words.money(part, receipt.currency) for part in (one.gross - one.tax, one.tax, one.gross)),
        )
        for one in rates
    ]
    return Table(columns, rows)
