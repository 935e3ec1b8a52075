"""What stands below a receipt in the chat: which one it is, the others of its order, and the way back."""

from collections.abc import Sequence

from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.buying.receipts.buttons import SendReceipt
from bot.screens.parts import ways
from bot.sending.reply import Key, Keyboard, Screen, Toast
from bot.words import Words
from db.models import Receipt, ReceiptKind

MOST = 8  # others, each a key


def below(words: Words, receipt: Receipt, others: Sequence[Receipt]) -> tuple[str, Keyboard]:
    """The caption, and the keys."""
    amount = words.money(receipt.total, receipt.currency)
    if receipt.kind is ReceiptKind.SALE:
        caption = words("🧾 Receipt {number} · {amount}", number=receipt.called, amount=amount)
    else:
        caption = words("🧾 {what} · {amount}", what=_named(words, receipt), amount=amount)
    keys = tuple((Key(_named(words, one), SendReceipt(one.id)),) for one in others[: MOST + 1] if one.id != receipt.id)
    return caption, (*keys, (ways.home(words),))


def none(words: Words) -> Toast:
    """There is no receipt of it."""
    return Toast(words.plain("A receipt comes with the payment: there is none of this order."), alert=True)


def explain(words: Words) -> Screen:
    """What the command wants to be told."""
    return Screen(
        words("<code>/receipt 1042</code> sends the receipt of order 1042. It is also below each of your orders."),
        ((Key(words.plain("📦 My orders"), ListOrders()), ways.home(words)),),
    )


def _named(words: Words, receipt: Receipt) -> str:
    if receipt.kind is ReceiptKind.REFUND:
        return words.plain("Refund {number}", number=receipt.called)
    if receipt.kind is ReceiptKind.REVERSAL:
        return words.plain("Correction {number}", number=receipt.called)
    return words.plain("Receipt {number}", number=receipt.called)
