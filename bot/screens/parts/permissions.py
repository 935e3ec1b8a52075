"""What a permission is called: a line that says what it is about, and a word."""

from collections.abc import Mapping

from bot.words import mark
from db.models import Permission

LABELS: Mapping[Permission, str] = {
    Permission.ORDERS: mark("Orders, customers, messages and reviews"),
    Permission.STOCK: mark("Stock: count and restock"),
    Permission.CATALOGUE: mark("Catalogue: products, prices, pictures"),
    Permission.MONEY: mark("Money: confirm it, and give it back"),
    Permission.PROMOTION: mark("Promotion: codes and news to customers"),
}
NAMES: Mapping[Permission, str] = {
    Permission.ORDERS: mark("orders"),
    Permission.STOCK: mark("stock"),
    Permission.CATALOGUE: mark("catalogue"),
    Permission.MONEY: mark("money"),
    Permission.PROMOTION: mark("promotion"),
}
