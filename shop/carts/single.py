"""One product as if it were all there is in a cart: what is bought at once, beside whatever the cart holds."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from db.models import Cart, Inventory, Product, User
from db.prepared import PreparedRead
from shop.carts.view import PARENT, CartRows, columns, rows_of
from shop.catalog.offered import is_offered

_ONE = PreparedRead(
    select(*columns(Product.id, Product.position, Product.price, Product.currency, is_offered(Product, PARENT)))
    .select_from(Product)
    .outerjoin(Cart, Cart.user_id == bindparam("user_id"))
    .outerjoin(Inventory, Inventory.product_id == Product.id)
    .outerjoin(User, User.id == Product.owner_id)
    .outerjoin(PARENT, PARENT.id == Product.parent_id)
    .where(Product.id == bindparam("product_id"))
)


def single_in(connection: Connection, user_id: int, product_id: int, quantity: int, now: datetime) -> CartRows:
    """So many units of one product, with the code that waits in the person's cart; no line when there is no such one.

    Its price is the one that the person sees now.
    """
    rows = _ONE.rows(connection, {"user_id": user_id, "product_id": product_id})
    found = rows_of(connection, rows, user_id, now)
    lines = tuple(
        replace(line, quantity=quantity, seen_price=line.price, seen_currency=line.currency) for line in found.lines
    )
    return replace(found, lines=lines)
