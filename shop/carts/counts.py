"""What a product's page must know of its reader: units in their cart, whether they like it; one prepared statement."""

from sqlalchemy import bindparam, exists, select

from db.models import Cart, CartItem, Favourite, User
from db.prepared import PreparedRead
from db.session import Database

_QUANTITY = (
    select(CartItem.quantity)
    .join(Cart, Cart.id == CartItem.cart_id)
    .where(Cart.user_id == User.id, CartItem.product_id == bindparam("product_id"))
    .correlate(User)
    .scalar_subquery()
)
_LIKED = exists().where(Favourite.user_id == User.id, Favourite.product_id == bindparam("page_id"))
_ONE = PreparedRead(select(_QUANTITY, _LIKED).where(User.id == bindparam("user_id")))


async def of_page(db: Database, user: User, product_id: int, page_id: int) -> tuple[int, bool]:
    """Units of what can be bought there (`product_id`) in the person's cart; whether they like the page's product."""
    rows = await db.look(_ONE, {"user_id": user.id, "product_id": product_id, "page_id": page_id})
    return (int(rows[0][0] or 0), bool(rows[0][1])) if rows else (0, False)
