"""Figures: what those who sell count, from the same rows that orders, money and stock live in."""

from shop.figures.days import Sales, sales_between, start_of_day
from shop.figures.morning import MOST, SEEING, Morning, look

__all__ = ["MOST", "SEEING", "Morning", "Sales", "look", "sales_between", "start_of_day"]
