"""Favourites: what people like, and who hears that it became cheaper or is back."""

from shop.favourites.keeping import MOST, add, list_page, remove
from shop.favourites.telling import tell_fans

__all__ = ["MOST", "add", "list_page", "remove", "rule", "tell_fans"]
