"""News for those who sell, and the permission with which somebody of their staff reads them, too."""

from collections.abc import Mapping

from db.models import Permission

# what carries customers' names, addresses and words, or asks to act on goods: for who answers for them alone
SELLER_NEWS: Mapping[str, Permission] = {  # and which of the seller's staff it is for, too
    "new_order": Permission.ORDERS,
    "order_withdrawn": Permission.ORDERS,
    "cancel_wanted": Permission.ORDERS,
    "price_wanted": Permission.ORDERS,
    "return_wanted": Permission.ORDERS,
    "problem": Permission.ORDERS,
    "question": Permission.ORDERS,
    "new_review": Permission.ORDERS,
    "low_stock": Permission.STOCK,
    "operator_alert": Permission.MONEY,
}
