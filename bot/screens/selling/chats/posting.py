"""A seller puts products on show in groups and channels, and takes them away."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.chats import post_views as views
from bot.screens.selling.chats.buttons import ChoosePost, PutPost, TakePost
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Notification, Post, Product
from shop import catalog, chats
from shop.chats import posts
from shop.chats.posts import SHOWING
from shop.products import owned
from shop.refusals import NotForSale, NotFound

PAGE = 8

router = Router()


@router.command("post", for_="owner", needs=SHOWING, about=mark("Show a product in a channel or group"))
async def post(visit: Visit, argument: str) -> Reply:
    """/post SKU; alone it lists products to pick."""
    sku = argument.strip()[:64]
    if not sku:
        async with visit.db.read() as session:
            page = await owned.list_owned(session, visit.seller, limit=PAGE)
        return views.pick(visit.words, [item.product for item in page.items])
    async with visit.db.read() as session:
        found = await owned.find_by_sku(session, visit.seller, sku)
    return await _places(visit, found.product.parent_id or found.product.id)


@router.button(ChoosePost, for_="owner", needs=SHOWING)
async def choose(visit: Visit, pressed: ChoosePost) -> Reply:
    """Where one product is on show, and where it could be."""
    return await _places(visit, pressed.product_id)


@router.button(PutPost, for_="owner", needs=SHOWING)
async def put(visit: Visit, pressed: PutPost) -> Reply:
    """It shall be on show there."""
    async with visit.db.begin() as session:
        await owned.get_owned(session, visit.seller, pressed.product_id)
        await catalog.get_product(session, pressed.product_id, now=visit.now())  # what is not for sale is not shown
        await posts.put(session, pressed.staff_chat_id, pressed.product_id, visit.seller, now=visit.now())
    return replace(await _places(visit, pressed.product_id), toast=visit.words.plain("It is there in a moment."))


@router.button(TakePost, for_="owner", needs=SHOWING)
async def take(visit: Visit, pressed: TakePost) -> Reply:
    """It shall be on show there no more."""
    async with visit.db.begin() as session:
        product_id = await posts.take(session, pressed.post_id, visit.seller, now=visit.now())
        await owned.get_owned(session, visit.seller, product_id)
    return replace(await _places(visit, product_id), toast=visit.words.plain("It is taken away."))


@router.notice(posts.POST)
async def as_shown(visit: Visit, notification: Notification) -> Reply | None:
    """The card of a product as it is now, for whoever reads the channel."""
    async with visit.db.read() as session:
        shown = await session.get(Post, int(notification.data["post_id"]))
        if shown is None or shown.gone_at is not None:
            return None
        product = await session.get_one(Product, shown.product_id)
        try:
            card = await catalog.get_product(session, product.id, now=visit.now())
        except (NotFound, NotForSale):
            return views.gone(visit.words, product.name)
    return views.card(
        visit.words,
        card,
        visit.link(f"p_{card.id}"),
        bot_id=visit.bot_id,
        show_stock_below=visit.policy.show_stock_below,
    )


async def _places(visit: Visit, product_id: int) -> Screen:
    async with visit.db.read() as session:
        found = await owned.get_owned(session, visit.seller, product_id)
        known = await chats.mine(session, visit.seller)
        standing = await posts.standing(session, product_id, visit.seller)
    return views.places(visit.words, found.product, known, standing)
