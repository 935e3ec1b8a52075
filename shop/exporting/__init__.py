"""Tables of what the shop holds, for bookkeeping and spreadsheets: written page by page, whatever their size."""

from shop.exporting.asked import Asked, Table, TooMuch, tables_for
from shop.exporting.periods import Span, Stretch, between, stretch_of
from shop.exporting.writing import columns, note_export, rows, write_file

__all__ = [
    "Asked",
    "Span",
    "Stretch",
    "Table",
    "TooMuch",
    "between",
    "columns",
    "note_export",
    "rows",
    "stretch_of",
    "tables_for",
    "write_file",
]
