"""Importing products from CSV or Excel: the exports of Shopify, WooCommerce and Wix, or our own columns.

Read (rows of a file), recognise (whose columns), settle (a SKU each), plan (what is wanted beside what is stored) and
apply (write it) are apart. What cannot be sold is set aside and named, the rest comes in, page by page: what stops goes
on in whichever process lives (`going_on`), and for an hour all of it can be put back (`undoing`).
"""

from shop.importing import going_on, runs, undoing
from shop.importing.files import import_bytes, import_file, mark_of, read_content
from shop.importing.report import Change, ImportReport, Note, Problem, ProductDiff, Verdict
from shop.importing.runs import Busy, Sent, may_be_undone
from shop.importing.saying import Said
from shop.importing.seller import Seller, find_seller, make_seller, sellers
from shop.importing.sent import (
    AT_ONCE,
    LARGEST,
    MOST,
    TAKEN_IN,
    Counts,
    NotAgreed,
    counts_of,
    look,
    outline,
    take,
    taken,
)
from shop.importing.undoing import TOLD
from shop.importing.writing import TAKEN

__all__ = [
    "AT_ONCE",
    "LARGEST",
    "MOST",
    "TAKEN",
    "TAKEN_IN",
    "TOLD",
    "Busy",
    "Change",
    "Counts",
    "ImportReport",
    "NotAgreed",
    "Note",
    "Problem",
    "ProductDiff",
    "Said",
    "Seller",
    "Sent",
    "Verdict",
    "counts_of",
    "exporting",
    "find_seller",
    "going_on",
    "import_bytes",
    "import_file",
    "look",
    "make_seller",
    "mark_of",
    "may_be_undone",
    "outline",
    "read_content",
    "runs",
    "sellers",
    "several",
    "tables",
    "take",
    "taken",
    "undoing",
]
