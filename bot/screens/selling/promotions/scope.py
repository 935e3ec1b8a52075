"""What a promotion is for, by keys: categories as they hang in the tree, products page by page or by their names."""

from msgspec.structs import replace

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.promotions import scope_views as views
from bot.screens.selling.promotions.buttons import (
    ForEverything,
    OpenGoods,
    PickCategories,
    PickProducts,
    SetCategory,
    SetProduct,
)
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import products, promotions
from shop.forms import dialogs

KIND = "promotion_product"
TYPED = 100  # letters of a name that are looked for
PAGE = 6

router = Router()


@router.button(OpenGoods, for_="owner", needs=Permission.PROMOTION)
async def open_goods(visit: Visit, pressed: OpenGoods) -> Reply:
    """What it is for."""
    return await _goods(visit, pressed.promotion_id)


@router.button(ForEverything, for_="owner", needs=Permission.PROMOTION)
async def for_everything(visit: Visit, pressed: ForEverything) -> Reply:
    """It is for everything again."""
    async with visit.db.begin() as session:
        await promotions.clear(session, visit.seller, pressed.promotion_id, now=visit.now())
    return await _goods(visit, pressed.promotion_id)


@router.button(PickCategories, for_="owner", needs=Permission.PROMOTION)
async def pick_categories(visit: Visit, pressed: PickCategories) -> Reply:
    """A page of the tree."""
    return await _categories(visit, pressed)


@router.button(SetCategory, for_="owner", needs=Permission.PROMOTION)
async def set_category(visit: Visit, pressed: SetCategory) -> Reply:
    """It is for this category, or is not."""
    async with visit.db.begin() as session:
        await promotions.set_category(
            session,
            visit.seller,
            pressed.promotion_id,
            pressed.category_id,
            wanted=pressed.wanted,
            now=visit.now(),
        )
    return await _categories(visit, PickCategories(pressed.promotion_id, pressed.below, pressed.page))


@router.button(PickProducts, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def pick_products(visit: Visit, pressed: PickProducts) -> Reply:
    """A page of the products; a part of a name may be written."""
    return await _products(visit, pressed)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _products(visit, PickProducts(int(dialog.data["promotion_id"])))


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more, takes="text")
async def part_of_a_name(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Those that are called so."""
    pressed = PickProducts(int(dialog.data["promotion_id"]))
    return await _products(visit, pressed, called=said.text.strip()[:TYPED])


@router.button(SetProduct, for_="owner", needs=Permission.PROMOTION, within=KIND)
async def set_product(visit: Visit, pressed: SetProduct) -> Reply:
    """It is for this product, or is not."""
    async with visit.db.begin() as session:
        await promotions.set_product(
            session, visit.seller, pressed.promotion_id, pressed.product_id, wanted=pressed.wanted, now=visit.now()
        )
    return await _products(visit, PickProducts(pressed.promotion_id, pressed.after, pressed.before))


async def _goods(visit: Visit, promotion_id: int) -> Screen:
    async with visit.db.read() as session:
        chosen = await promotions.chosen(session, visit.seller, promotion_id)
    return views.goods(visit.words, chosen)


async def _categories(visit: Visit, asked: PickCategories) -> Screen:
    async with visit.db.read() as session:
        chosen = await promotions.chosen(session, visit.seller, asked.promotion_id)
        level = await promotions.level(session, asked.below, page=max(asked.page, 0))
    return views.categories(visit.words, chosen, level)


async def _products(visit: Visit, asked: PickProducts, *, called: str = "") -> Screen:
    own = replace(visit.seller, everything=False)  # a promotion of an operator is for their own goods, too
    async with visit.db.begin() as session:
        chosen = await promotions.chosen(session, own, asked.promotion_id)
        page = await products.list_owned(
            session, own, after_id=asked.after, before_id=asked.before, limit=PAGE, called=called
        )
        await dialogs.start(session, visit.user, KIND, "product", {"promotion_id": asked.promotion_id}, now=visit.now())
    return views.products(visit.words, chosen, page, asked, called=called)
