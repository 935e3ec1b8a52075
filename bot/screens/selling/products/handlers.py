"""A seller's products: the list, one product, taking it off sale and putting it back."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.products import stock_views, views
from bot.screens.selling.products.buttons import LeaveForm, OpenLow, OpenOwned, OpenProducts, SetArchived
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Permission
from shop import products
from shop.catalog import category_path
from shop.products.low import list_low
from shop.products.owned import SEEING, OwnedProduct
from shop.refusals import NotFound

LOW = frozenset({"low", "knapp", "мало"})

router = Router()


@router.command(
    "products", for_="owner", needs=SEEING, about=mark("Your products and their stock"), otherwise="catalogue"
)
async def list_products(visit: Visit, argument: str) -> Reply:
    """The newest products; `/products low` those that are low or sold out."""
    if argument.strip().casefold() in LOW and visit.seller.may(Permission.STOCK):
        return await open_low(visit, OpenLow())
    return await choose(visit)


@router.button(OpenProducts, for_="owner", needs=SEEING)
async def open_products(visit: Visit, pressed: OpenProducts) -> Reply:
    """A page of products."""
    return await choose(visit, pressed)


@router.button(OpenLow, for_="owner", needs=Permission.STOCK)
async def open_low(visit: Visit, pressed: OpenLow) -> Reply:
    """A page of what is low or sold out."""
    async with visit.db.read() as session:
        page = await list_low(session, visit.seller, page=pressed.page)
    return stock_views.low(visit.words, page)


@router.button(OpenOwned, for_="owner", needs=SEEING)
async def open_owned(visit: Visit, pressed: OpenOwned) -> Reply:
    """One product."""
    return await show(visit, pressed.product_id, page=pressed.page)


@router.button(LeaveForm, for_="owner", needs=SEEING)
async def leave_form(visit: Visit, pressed: LeaveForm) -> Reply:
    """No question any more."""
    return await (choose(visit) if pressed.product_id is None else show(visit, pressed.product_id))


@router.command("archive", for_="owner", needs=Permission.CATALOGUE, about=mark("Take a product off sale"))
async def archive(visit: Visit, argument: str) -> Reply:
    """`/archive SKU`."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/archive SKU</code> takes a product off sale."))
    item = await find(visit, argument)
    if item is None:
        return await unknown(visit, argument)
    return await set_archived(visit, SetArchived(item.product.id, archived=True))


@router.command("unarchive", for_="owner", needs=Permission.CATALOGUE, about=mark("Put a product on sale again"))
async def unarchive(visit: Visit, argument: str) -> Reply:
    """`/unarchive SKU`."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/unarchive SKU</code> puts a product on sale again."))
    item = await find(visit, argument)
    if item is None:
        return await unknown(visit, argument)
    return await set_archived(visit, SetArchived(item.product.id, archived=False))


@router.button(SetArchived, for_="owner", needs=Permission.CATALOGUE)
async def set_archived(visit: Visit, pressed: SetArchived) -> Reply:
    """Off sale, or on sale."""
    change = products.archive if pressed.archived else products.unarchive
    async with visit.db.begin() as session:
        await change(session, visit.seller, pressed.product_id, now=visit.now())
    words = visit.words
    note = words("🗄 Taken off sale. Open orders go on.") if pressed.archived else words("✅ On sale again.")
    return await show(visit, pressed.product_id, note=note)


async def find(visit: Visit, sku: str) -> OwnedProduct | None:
    """The product with this SKU, if there is one. Raises CannotRead where it could be several."""
    async with visit.db.read() as session:
        try:
            return await products.find_by_sku(session, visit.seller, sku)
        except NotFound:
            return None


async def unknown(visit: Visit, sku: str) -> Screen:
    """No such SKU: the products that are called so to choose from, or all of them."""
    lead = visit.words("⚠️ There is no SKU <code>{sku}</code> here.", sku=sku.strip()[:40])
    async with visit.db.read() as session:
        found = await products.list_owned(session, visit.seller, limit=visit.policy.page_size, called=sku)
    if not found.items:
        return await choose(visit, lead=lead)
    return views.owned_list(visit.words, replace(found, has_older=False), lead=lead, everything=visit.is_operator)


async def show(visit: Visit, product_id: int, *, note: str = "", page: int = 0) -> Screen:
    """The seller's page of a product; `note` (HTML) says what was just done to it. Raises NotFound."""
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        path = await category_path(session, item.product.category_id)
    return views.owned(visit.words, item, path, bot_id=visit.bot_id, now=visit.now(), note=note, page=page)


async def choose(visit: Visit, page: OpenProducts | None = None, *, lead: str = "") -> Screen:
    """A page of products to choose from; `lead` (HTML) explains a command that came without its argument."""
    page = page or OpenProducts()
    async with visit.db.read() as session:
        found = await products.list_owned(
            session,
            visit.seller,
            after_id=page.after,
            before_id=page.before,
            limit=visit.policy.page_size,
        )
    return views.owned_list(visit.words, found, lead=lead, everything=visit.is_operator)
