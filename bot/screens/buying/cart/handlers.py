"""The cart: looking, changing quantities, emptying."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.cart import views
from bot.screens.buying.cart.buttons import EmptyCart, FitCart, OpenCart, SetQuantity
from bot.screens.parts.quantity import set_quantity as put
from bot.screens.parts.sure import SURE, agreed, ask
from bot.sending.reply import Reply
from bot.words import mark
from shop import carts

router = Router()


@router.command("cart", about=mark("Your cart"), also="basket checkout buy")
async def cart(visit: Visit, _argument: str) -> Reply:
    """What is in it."""
    return await open_cart(visit, OpenCart())


@router.button(OpenCart)
async def open_cart(visit: Visit, pressed: OpenCart) -> Reply:
    """What is in it; a price that changed is said once."""
    async with visit.db.read() as session:
        view = await carts.look(session, visit.user, now=visit.now())
    if any(line.price_changed for seller in view.sellers for line in seller.lines):
        async with visit.db.begin() as session:
            await carts.acknowledge_prices(session, visit.user, now=visit.now())
    return views.cart(visit.words, view, page=pressed.page)


@router.button(SetQuantity)
async def set_quantity(visit: Visit, pressed: SetQuantity) -> Reply:
    """So many units of a product, or none; more than there are is refused over the cart as it stands now."""
    view, refused = await put(visit, pressed.product_id, pressed.quantity)
    return views.cart(visit.words, view, page=pressed.page, toast=refused)


@router.button(FitCart)
async def fit_cart(visit: Visit, _pressed: FitCart) -> Reply:
    """Take out what is gone."""
    async with visit.db.begin() as session:
        view = await carts.fit(session, visit.user, now=visit.now())
    return views.cart(visit.words, view)


@router.button(EmptyCart, asks=SURE, within=SURE)
async def empty_cart(visit: Visit, pressed: EmptyCart) -> Reply:
    """Throw everything out, after asking back."""
    async with visit.db.read() as session:
        view = await carts.look(session, visit.user, now=visit.now())
    if not view.units:
        return views.empty(visit.words)
    seen = str(view.version)
    yes = EmptyCart(sure=True)
    if not pressed.sure or await agreed(visit, yes, seen) is None:
        async with visit.db.begin() as session:
            await ask(session, visit, yes, seen)
        return views.sure_to_empty(visit.words, view.units)
    async with visit.db.begin() as session:
        await carts.clear(session, visit.user, now=visit.now())
    return views.empty(visit.words)
