"""Receipts: written with the money that they are about, numbered without gaps, and the same for ever after."""

from shop.receipts.content import Line, Printed, Rated, content_of
from shop.receipts.issuing import write_refund, write_reversal, write_sale
from shop.receipts.letterheads import Head, letterhead_of, set_letterhead
from shop.receipts.reading import get, of_order

__all__ = [
    "Head",
    "Line",
    "Printed",
    "Rated",
    "content_of",
    "get",
    "letterhead_of",
    "of_order",
    "set_letterhead",
    "write_refund",
    "write_reversal",
    "write_sale",
]
