"""So many units of a product in the cart, asked for on its page or in the cart."""

from bot.routing.refusals import say
from bot.routing.visit import Visit
from shop import carts
from shop.carts import CartView
from shop.refusals import OutOfStock, TooMany


async def set_quantity(visit: Visit, product_id: int, quantity: int) -> tuple[CartView, str | None]:
    """The cart with so many of it; as it stood before, with why in words, when that is more than can be had."""
    try:
        async with visit.db.begin() as session:
            cart = await carts.set_quantity(
                session, visit.user, product_id, quantity, limit=visit.policy.max_quantity, now=visit.now()
            )
    except (OutOfStock, TooMany) as refused:
        async with visit.db.read() as session:
            return await carts.look(session, visit.user, now=visit.now()), say(visit.words, refused)
    return cart, None
