"""The seller names what sending an order costs, where that is agreed after the order: /quote, or the key on it."""

from markupsafe import escape

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.hints import hint
from bot.screens.selling.orders import pricing_views as views
from bot.screens.selling.orders import views as order_views
from bot.screens.selling.orders.buttons import NamePrice
from bot.screens.selling.orders.handlers import show
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Notification, OrderStatus, Permission
from db.numbers import read_id
from shop import orders
from shop.checkout import quoting
from shop.forms import dialogs
from shop.orders import reading as order_reading
from shop.orders.quotes import ASKED
from shop.products.draft import read_price
from shop.refusals import CannotRead

KIND = "name_price"

router = Router()


@router.command(
    "quote", for_="owner", needs=Permission.ORDERS, asks=KIND, about=mark("Name the price of sending an order")
)
async def quote(visit: Visit, argument: str) -> Reply:
    """`/quote 1042 12.50`; without the price it is asked for."""
    number, _, price = argument.strip().partition(" ")
    order_id = read_id(number.removeprefix("#"))
    if order_id is None:
        return order_views.explain(visit.words, "quote")
    return await _offer(visit, order_id, price) if price.strip() else await _ask(visit, order_id)


@router.button(NamePrice, for_="owner", needs=Permission.ORDERS, asks=KIND)
async def name_price(visit: Visit, pressed: NamePrice) -> Reply:
    """Ask for it."""
    return await _ask(visit, pressed.order_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["order_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more, takes="text")
async def price_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The price; what cannot be read leaves the question open."""
    return await _offer(visit, int(dialog.data["order_id"]), said.text)


@router.notice(quoting.WANTED_NEWS)
async def price_wanted(visit: Visit, notification: Notification) -> Reply | None:
    """A customer waits for a price; said once more later, unless it was named."""
    async with visit.db.read() as session:
        order = await order_reading.get(session, int(notification.data["order_id"]))
    if order is None or order.status is not OrderStatus.PENDING or order.quote != ASKED:
        return None
    news = visit.words("🛎 <b>New order</b>: what does sending it cost?")
    return order_views.sale(visit.words, order, news=news, listed=False)


async def _ask(visit: Visit, order_id: int, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        order = await orders.get_for_owner(session, visit.seller, order_id)
        await dialogs.start(session, visit.user, KIND, "text", {"order_id": order.id}, now=visit.now())
    return views.ask_price(visit.words, order, problem=problem)


async def _offer(visit: Visit, order_id: int, text: str) -> Reply:
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, order_id)
    free = text.strip() in {"0", "0.00", "0,00"}
    try:
        price = 0 if free else read_price(text, order.currency)
    except CannotRead as refused:
        return await _ask(visit, order_id, problem="⚠️ " + escape(hint(visit.words, refused.data)))
    async with visit.db.begin() as session:
        await quoting.offer_price(session, visit.seller, order_id, price, policy=visit.policy, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, order_id)
