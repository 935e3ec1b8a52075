"""Finding an order: /orders with a status, a number or a name, /order with a number, a number that is just typed."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.orders import handlers as bought
from bot.screens.buying.orders.buttons import ListOrders, OpenOrder
from bot.screens.parts.queries import short
from bot.screens.selling.orders import handlers as sold
from bot.screens.selling.orders import list_views as views
from bot.screens.selling.orders import views as selling
from bot.screens.selling.orders.buttons import FindSales, ListSales, OpenSale
from bot.sending.reply import Key, Reply
from bot.words import mark
from shop.orders import searching
from shop.orders.reading import SEEING
from shop.refusals import NotFound

router = Router()


@router.command(
    "orders", for_="owner", needs=SEEING, about=mark("Orders of your products"), otherwise="order", also="sales"
)
async def orders_command(visit: Visit, argument: str) -> Reply:
    """All of them, those in one status, one by its number, or those of a customer."""
    if not argument:
        return await sold.list_sales(visit, ListSales())
    status = views.status_of(visit.words, argument)
    if status is not None:
        return await sold.list_sales(visit, ListSales(status))
    order_id, rest = sold.number_and_rest(argument)
    if order_id is not None and not rest:
        return await sold.sale_page(visit, OpenSale(order_id))
    query = short(argument)
    return await find_sales(visit, FindSales(query)) if query else selling.explain(visit.words, "orders")


@router.button(FindSales, for_="owner", needs=SEEING)
async def find_sales(visit: Visit, pressed: FindSales) -> Reply:
    """Orders of whoever is called like this."""
    async with visit.db.read() as session:
        found = await searching.find_for_owner(
            session,
            visit.seller,
            pressed.query,
            before=pressed.before,
            limit=sold.PAGE,
        )
    return views.found(visit.words, pressed, found, sellers=visit.is_operator)


@router.command("order", about=mark("Open an order by its number"))
async def order_command(visit: Visit, argument: str) -> Reply:
    """/order 1042: as its seller sees it, else as its customer does."""
    order_id, _ = sold.number_and_rest(argument)
    if order_id is None:
        lists = (
            sold.list_sales(visit, ListSales())
            if visit.seller.may(*SEEING)
            else bought.list_orders(visit, ListOrders())
        )
        return await lists
    reply = await open_number(visit, order_id)
    if reply is None:
        raise NotFound(order_id=order_id)
    return reply


async def open_number(visit: Visit, order_id: int) -> Reply | None:
    """The order with this number, if it is any of this person's."""
    async with visit.db.read() as session:
        sides = await searching.parties(session, visit.seller, order_id)
    if sides.sells and visit.sells:
        return await sold.sale_page(visit, OpenSale(order_id))
    return await bought.order_page(visit, OpenOrder(order_id)) if sides.buys else None


async def key_of_number(visit: Visit, order_id: int) -> Key | None:
    """The key that opens the order with this number, if it is any of this person's. One statement."""
    async with visit.db.read() as session:
        sides = await searching.parties(session, visit.seller, order_id)
    words = visit.words
    if sides.sells and visit.sells:
        return Key(words.plain("🧾 Order {number}", number=order_id), OpenSale(order_id))
    return Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id)) if sides.buys else None
