"""Finding an order: /orders with a status, a number or a name, /order with a number, a number that is just typed."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.parts.order_numbers import number_and_rest, open_number
from bot.screens.parts.queries import short
from bot.screens.selling.orders import handlers as sold
from bot.screens.selling.orders import list_views as views
from bot.screens.selling.orders import views as selling
from bot.screens.selling.orders.buttons import FindSales, ListSales, OpenSale
from bot.sending.reply import Lead, Reply
from bot.words import mark
from shop.orders import searching
from shop.orders.reading import SEEING
from shop.refusals import NotFound

router = Router()


@router.command("orders", for_="owner", needs=SEEING, about=mark("Orders of your products"), otherwise="order")
async def orders_command(visit: Visit, argument: str) -> Reply:
    """All of them, those in one status, one by its number, or those of a customer."""
    if not argument:
        return await sold.list_sales(visit, ListSales())
    status = views.status_of(visit.words, argument)
    if status is not None:
        return await sold.list_sales(visit, ListSales(status))
    order_id, rest = number_and_rest(argument)
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
async def order_command(visit: Visit, argument: str) -> Lead:
    """/order 1042: as its seller sees it, else as its customer does."""
    order_id, _ = number_and_rest(argument)
    if order_id is None:
        return Lead(ListSales() if visit.seller.may(*SEEING) else ListOrders())
    found = await open_number(visit, order_id)
    if found is None:
        raise NotFound(order_id=order_id)
    return found
