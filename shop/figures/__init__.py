"""Figures: what those who sell count, from the same rows that orders, money and stock live in."""

from shop.figures.curve import Curve, Remembered, sales
from shop.figures.customers import Buyers, Funnel
from shop.figures.days import Sales, sales_between, start_of_day
from shop.figures.digest import is_late, send_digests
from shop.figures.goods import Best, Stars
from shop.figures.morning import MOST, SEEING, Morning, look
from shop.figures.periods import Cut, Period, Span, period_from, period_of, read_period
from shop.figures.report import BEST, Report, list_best, report

__all__ = [
    "BEST",
    "MOST",
    "SEEING",
    "Best",
    "Buyers",
    "Curve",
    "Cut",
    "Funnel",
    "Morning",
    "Period",
    "Remembered",
    "Report",
    "Sales",
    "Span",
    "Stars",
    "is_late",
    "list_best",
    "look",
    "period_from",
    "period_of",
    "read_period",
    "report",
    "sales",
    "sales_between",
    "send_digests",
    "start_of_day",
]
