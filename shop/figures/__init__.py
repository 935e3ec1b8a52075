"""Figures: what those who sell count, from the same rows that orders, money and stock live in."""

from shop.figures.days import Sales, sales_between, start_of_day
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
    "look",
    "period_of",
    "read_period",
    "report",
    "sales_between",
    "start_of_day",
]
