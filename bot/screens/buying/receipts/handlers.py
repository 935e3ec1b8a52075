"""Receipts: sent as PDF to who bought and to who sees to the money; nobody else learns that there is one."""

from collections.abc import Sequence

from bot.documents.press import printed
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.receipts import paper_views, views
from bot.screens.buying.receipts.buttons import OpenReceipt, SendReceipt
from bot.screens.parts.order_numbers import number_and_rest
from bot.sending.reply import Document, Reply
from bot.words import mark, words_for
from db.models import Receipt
from shop import receipts

router = Router()


@router.command("receipt", about=mark("The receipt of an order, as PDF"), also="invoice bill")
async def receipt_command(visit: Visit, argument: str) -> Reply:
    """/receipt 1042."""
    order_id, _ = number_and_rest(argument)
    return views.explain(visit.words) if order_id is None else await open_receipt(visit, OpenReceipt(order_id))


@router.button(OpenReceipt)
async def open_receipt(visit: Visit, pressed: OpenReceipt) -> Reply:
    """The receipt of the sale, with keys to those of its refunds."""
    async with visit.db.read() as session:
        found = await receipts.of_order(session, visit.user, visit.seller, pressed.order_id)
    return views.none(visit.words) if not found else await _send(visit, found[0], found)


@router.button(SendReceipt)
async def send_receipt(visit: Visit, pressed: SendReceipt) -> Reply:
    """One of them."""
    async with visit.db.read() as session:
        receipt = await receipts.get(session, visit.user, visit.seller, pressed.receipt_id)
        others = await receipts.of_order(session, visit.user, visit.seller, receipt.order_id)
    return await _send(visit, receipt, others)


async def _send(visit: Visit, receipt: Receipt, others: Sequence[Receipt]) -> Reply:
    words = words_for(receipt.language, visit.policy.timezone)  # whoever reads it: it was issued in this language
    content = await printed(paper_views.paper(words, receipt))
    name = f"receipt-{receipt.year}-{receipt.number:05}.pdf"
    return Document(name, content, *views.below(visit.words, receipt, others))
