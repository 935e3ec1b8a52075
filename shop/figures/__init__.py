"""Figures: what those who sell count, from the same rows that orders, money and stock live in."""

from shop.figures.days import Sales, sales_between, start_of_day
from shop.figures.digest import is_late, send_digests
from shop.figures.morning import MOST, SEEING, Morning, look
from shop.figures.periods import Cut, Period, Span, period_of, read_period
from shop.figures.report import Report, report

__all__ = [
    "MOST",
    "SEEING",
    "Cut",
    "Morning",
    "Period",
    "Report",
    "Sales",
    "Span",
    "is_late",
    "look",
    "period_of",
    "read_period",
    "report",
    "sales_between",
    "send_digests",
    "start_of_day",
]
