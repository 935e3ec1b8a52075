"""The goods of an earlier order, in the cart once more."""

from msgspec.structs import replace

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.cart import views
from bot.screens.buying.orders.buttons import RefillCart
from bot.screens.parts.order_card import show
from bot.sending.reply import Reply
from shop import carts
from shop.carts.refill import refill
from shop.refusals import WrongStatus

router = Router()


@router.button(RefillCart)
async def refill_cart(visit: Visit, pressed: RefillCart) -> Reply:
    """Back into the cart; what is gone is said, and so is what costs another price now."""
    try:
        async with visit.db.begin() as session:
            filled = await refill(
                session, visit.user, pressed.order_id, limit=visit.policy.max_quantity, now=visit.now()
            )
            await carts.acknowledge_prices(session, visit.user, now=visit.now())
    except WrongStatus as refusal:
        return await show(visit, pressed.order_id, card=True, toast=say(visit.words, refusal))
    screen = views.cart(visit.words, filled.cart, news=views.not_in_full(visit.words, filled.short))
    return replace(screen, fresh=True)
