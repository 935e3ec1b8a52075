"""Importing products from CSV or Excel: the exports of Shopify, WooCommerce and Wix, or our own columns.

Read (rows of a file), recognise (whose columns), settle (a SKU each), plan (what is wanted beside what is stored) and
apply (write it) are apart. What cannot be sold is set aside and named, the rest comes in, in one transaction.
"""

from shop.importing.files import import_bytes, import_file, read_content
from shop.importing.report import Change, ImportReport, Note, Problem, ProductDiff, Verdict
from shop.importing.seller import Seller, find_seller, make_seller, sellers
from shop.importing.sent import MOST, TAKEN_IN, Counts, NotAgreed, counts_of, look, mark_of, outline, take, taken

__all__ = [
    "MOST",
    "TAKEN_IN",
    "Change",
    "Counts",
    "ImportReport",
    "NotAgreed",
    "Note",
    "Problem",
    "ProductDiff",
    "Seller",
    "Verdict",
    "counts_of",
    "exporting",
    "find_seller",
    "import_bytes",
    "import_file",
    "look",
    "make_seller",
    "mark_of",
    "outline",
    "read_content",
    "sellers",
    "tables",
    "take",
    "taken",
]
