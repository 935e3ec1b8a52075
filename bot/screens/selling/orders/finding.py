"""Finding an order: the key on the board, /orders with what somebody remembers, /order with a number."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.parts.order_numbers import number_and_rest, open_number
from bot.screens.parts.queries import short
from bot.screens.selling.orders import handlers as sold
from bot.screens.selling.orders import list_views as views
from bot.screens.selling.orders import views as selling
from bot.screens.selling.orders.buttons import AskSales, ChooseStatus, FindSales, ListSales, OpenSale
from bot.sending.reply import Lead, Reply
from bot.words import mark
from db.models import Dialog
from db.phones import is_phone
from shop.forms import dialogs
from shop.orders import searching
from shop.orders.reading import SEEING
from shop.refusals import NotFound

FIND = "find_order"

router = Router()


@router.command("orders", for_="owner", needs=SEEING, about=mark("Orders of your products"), otherwise="order")
async def orders_command(visit: Visit, argument: str) -> Reply:
    """All of them, those in one status, one by its number, or those of a customer."""
    if not argument:
        return await sold.list_sales(visit, ListSales())
    status = views.status_of(visit.words, argument)
    if status is not None:
        return await sold.list_sales(visit, ListSales(status))
    return await _look_for(visit, argument)


@router.button(ChooseStatus, for_="owner", needs=SEEING)
async def choose_status(visit: Visit, _pressed: ChooseStatus) -> Reply:
    """The orders by how far they are."""
    return views.choose_status(visit.words)


@router.button(AskSales, for_="owner", needs=SEEING, asks=FIND)
async def ask_sales(visit: Visit, _pressed: AskSales) -> Reply:
    """Ask what to look for."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, FIND, "text", {}, now=visit.now())
    return views.ask_what(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_what(visit.words)


@router.dialog(FIND, for_="owner", needs=SEEING, leaves=CLOSES, again=once_more, takes="text")
async def remembered(visit: Visit, _dialog: Dialog, said: Said) -> Reply:
    """What they remember; the question stays open no longer than its answer."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, FIND)
    return await _look_for(visit, said.text)


@router.button(FindSales, for_="owner", needs=SEEING)
async def find_sales(visit: Visit, pressed: FindSales) -> Reply:
    """Orders that answer to this."""
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


async def _look_for(visit: Visit, text: str) -> Reply:
    """One order by its number, else all that answer to the text: digits may be those of a phone."""
    order_id, rest = number_and_rest(text)
    if order_id is not None and not rest:
        try:
            return await sold.sale_page(visit, OpenSale(order_id))
        except NotFound:
            if not is_phone(text):
                raise
    query = short(text)
    return await find_sales(visit, FindSales(query)) if query else selling.explain(visit.words, "orders")
