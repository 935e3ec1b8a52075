"""Browsing: categories, pages, the product page, and putting things into the cart from there."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.catalogue import variant_views
from bot.screens.buying.catalogue.buttons import (
    LikeProduct,
    OpenCategory,
    OpenPhoto,
    OpenProduct,
    OpenShelves,
    PickOptions,
    PutInCart,
    ReadProduct,
    WatchStock,
)
from bot.screens.buying.catalogue.gallery import read_place
from bot.screens.buying.catalogue.product_views import Way, for_sale
from bot.screens.buying.catalogue.product_views import description as description_view
from bot.screens.buying.catalogue.product_views import product as product_view
from bot.screens.buying.catalogue.variant_views import Choice
from bot.screens.buying.catalogue.views import category as category_view
from bot.screens.parts.quantity import set_quantity
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.numbers import read_id
from shop import catalog, favourites, stock
from shop.carts import counts
from shop.catalog.views import Sort, View, read_view
from shop.refusals import NotFound
from shop.subscriptions import reading as subscriptions

router = Router()


@router.command("catalogue", about=mark("Look at the shelves"), also="catalog shop")
async def catalogue(visit: Visit, _argument: str) -> Reply:
    """The top of the tree."""
    return await open_category(visit, OpenCategory(None))


@router.button(OpenCategory)
async def open_category(visit: Visit, pressed: OpenCategory) -> Reply:
    """A page of a category."""
    view = View(Sort.NEWEST) if pressed.newest else read_view(pressed.view)
    shelf = await visit.shelves.category(
        pressed.category_id, after=pressed.after, before=pressed.before, limit=visit.policy.page_size, view=view
    )
    return category_view(visit.words, shelf.path, shelf.children, shelf.page, view=view)


@router.button(OpenShelves)
async def open_shelves(visit: Visit, pressed: OpenShelves) -> Reply:
    """A page of the categories in a category, and its products behind the last of them."""
    shelf = await visit.shelves.category(pressed.category_id, after=None, before=None, limit=visit.policy.page_size)
    return category_view(visit.words, shelf.path, shelf.children, shelf.page, at=pressed.child_id)


@router.button(OpenProduct)
async def open_product(visit: Visit, pressed: OpenProduct) -> Reply:
    """The product page."""
    card = await visit.shelves.product(pressed.product_id)
    visit.glances.note(visit.user.id, card.id)
    return await _page(visit, card, Way(pressed.origin, pressed.after, pressed.query))


@router.button(PickOptions)
async def pick_options(visit: Visit, pressed: PickOptions) -> Reply:
    """The product page with some options picked; with all of them it is a variant's."""
    card = await visit.shelves.product(pressed.product_id)
    choice = variant_views.read_choice(card, pressed.state)
    way = Way(pressed.origin, pressed.after, pressed.query)
    if choice.is_complete:
        return await _page(visit, card, way)
    page = await _page(visit, replace(card, chosen=None), way, choice=choice)
    if not variant_views.was_freed(pressed.state):
        return page
    said = visit.words.plain("It is not made together with what you chose. Please choose the rest anew.")
    return replace(page, toast=said)


@router.button(OpenPhoto)
async def open_photo(visit: Visit, pressed: OpenPhoto) -> Reply:
    """The page as it is, with another of its photos."""
    card = await visit.shelves.product(pressed.product_id)
    way, place = Way(pressed.origin, pressed.after, pressed.query), read_place(pressed.state)
    if "." not in pressed.state:
        return await _page(visit, card, way, place=place)
    choice = variant_views.read_choice(card, pressed.state)
    return await _page(visit, replace(card, chosen=None), way, choice=choice, place=place)


@router.button(ReadProduct)
async def read_product(visit: Visit, pressed: ReadProduct) -> Reply:
    """A page of its description."""
    card = await visit.shelves.product(pressed.product_id)
    return description_view(visit.words, card, Way(pressed.origin, pressed.after, pressed.query), pressed.page)


@router.button(PutInCart)
async def put_in_cart(visit: Visit, pressed: PutInCart) -> Reply:
    """So many units of it, from the product page; more than there are is refused over the page as it stands now."""
    way = Way(pressed.origin, pressed.after, pressed.query)
    card = await visit.shelves.product(pressed.product_id)
    cart, refused = await set_quantity(visit, pressed.product_id, pressed.quantity)
    if refused is not None:
        async with visit.db.read() as session:
            card = await catalog.get_product(session, pressed.product_id, now=visit.now())
    line = cart.line(pressed.product_id)
    page = await _page(visit, card, way, in_cart=line.quantity if line else 0, place=pressed.page)
    return page if refused is None else replace(page, toast=refused)


@router.button(WatchStock)
async def watch_stock(visit: Visit, pressed: WatchStock) -> Reply:
    """Tell me when it is back, or do not; what is back already needs no bell."""
    words, way = visit.words, Way(pressed.origin, pressed.after, pressed.query)
    said = None
    async with visit.db.begin() as session:
        card = await catalog.get_product(session, pressed.product_id, now=visit.now())
        offer = for_sale(card)
        is_back = offer is not None and offer[1] > 0
        if pressed.wanted and not is_back:
            await stock.watch(session, visit.user, pressed.product_id, now=visit.now())
            said = words.plain("We will tell you when it is back.")
        elif not pressed.wanted:
            await stock.unwatch(session, visit.user, pressed.product_id)
            said = words.plain("We will not tell you.")
    page = await _page(visit, card, way)
    return replace(page, toast=said) if said else page


@router.button(LikeProduct)
async def like_product(visit: Visit, pressed: LikeProduct) -> Reply:
    """Among my favourites, or not; a variant's page is its product's."""
    words, way = visit.words, Way(pressed.origin, pressed.after, pressed.query)
    card = await visit.shelves.product(pressed.product_id)
    said = words.plain("It is no favourite any more.")
    async with visit.db.begin() as session:
        if not pressed.wanted:
            await favourites.remove(session, visit.user, card.id)
        elif await favourites.add(session, visit.user, card.id, now=visit.now()):
            said = words.plain("♥ Among your favourites. We tell you when it is cheaper, or back.")
        else:
            said = words.plain_n(
                "You like {n} product already: please take one out first.",
                "You like {n} products already: please take one out first.",
                favourites.MOST,
            )
    return replace(await _page(visit, card, way), toast=said)


@router.deep_link("p_")
async def from_link(visit: Visit, argument: str) -> Reply:
    """A product that somebody shared."""
    return await open_product(visit, OpenProduct(read_id(argument) or 0))


@router.deep_link("c_")
async def from_category_link(visit: Visit, argument: str) -> Reply:
    """A category that somebody shared; one that is gone is said."""
    number = read_id(argument) or 0
    shelf = await visit.shelves.category(number, after=None, before=None, limit=visit.policy.page_size)
    if not shelf.path:
        raise NotFound(category_id=number)
    return category_view(visit.words, shelf.path, shelf.children, shelf.page)


async def _page(
    visit: Visit,
    card: catalog.ProductCard,
    way: Way,
    *,
    in_cart: int | None = None,
    choice: Choice | None = None,
    place: int = 1,
) -> Screen:
    """The page for this person: what their cart holds of it, and whether they wait for what is sold out."""
    offer = for_sale(card)
    product_id, left = offer or (card.id, 1)
    held, liked = await counts.of_page(visit.db, visit.user, product_id, card.id)
    in_cart = held if in_cart is None else in_cart
    waits = False
    if left <= 0 and in_cart <= 0:
        async with visit.db.read() as session:
            waits = await stock.waits(session, visit.user, product_id)
    subscription = None
    if card.monthly:
        async with visit.db.read() as session:
            subscription = await subscriptions.held(session, visit.user.id, card.id)
    return product_view(
        visit.words,
        card,
        way,
        in_cart=in_cart,
        waits=waits,
        show_stock_below=visit.policy.show_stock_below,
        max_quantity=visit.policy.max_quantity,
        bot_id=visit.bot_id,
        may_ask=card.owner_id != visit.user.id,
        shipping=visit.policy.shipping if card.currency == visit.policy.currency else (),
        choice=choice,
        place=place,
        liked=liked,
        held=subscription,
    )
