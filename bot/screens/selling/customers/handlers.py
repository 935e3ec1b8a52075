"""/customer: what a seller's shop knows of somebody who ordered or wrote, and what it notes about them."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.customers import find_customer
from bot.screens.selling.customers import views
from bot.screens.selling.customers.buttons import ClearNote, OpenCustomer, OpenCustomerOf, OpenWriter, WriteNote
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Permission
from shop import credit, orders
from shop.forms import dialogs
from shop.messages import threads
from shop.people import customers

KIND = "customer_note"
MOST_CURRENCIES = 5  # in which somebody has credit

router = Router()


@router.command("customer", for_="owner", needs=Permission.ORDERS, about=mark("A customer’s orders, and your note"))
async def customer(visit: Visit, argument: str) -> Reply:
    """`/customer 1042` (an order), `/customer @name` or a Telegram id."""
    found = await find_customer(visit, argument.strip()) if argument.strip() else None
    if found is None:
        return views.explain(visit.words, unknown=argument.strip()[:40])
    return await _show(visit, found.person.id)


@router.button(OpenCustomerOf, for_="owner", needs=Permission.ORDERS)
async def open_customer_of(visit: Visit, pressed: OpenCustomerOf) -> Reply:
    """Who ordered."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
    return await _show(visit, order.user_id)


@router.button(OpenWriter, for_="owner", needs=Permission.ORDERS)
async def open_writer(visit: Visit, pressed: OpenWriter) -> Reply:
    """Who wrote."""
    async with visit.db.read() as session:
        thread = await threads.of_message_sold(session, visit.seller, pressed.message_id)
    return await _show(visit, thread.customer.id)


@router.button(OpenCustomer, for_="owner", needs=Permission.ORDERS)
async def open_customer(visit: Visit, pressed: OpenCustomer) -> Reply:
    """The card."""
    return await _show(visit, pressed.user_id)


@router.button(WriteNote, for_="owner", needs=Permission.ORDERS, asks=KIND)
async def write_note(visit: Visit, pressed: WriteNote) -> Reply:
    """Ask what to note."""
    return await _ask(visit, pressed.user_id)


@router.button(ClearNote, for_="owner", needs=Permission.ORDERS)
async def clear_note(visit: Visit, pressed: ClearNote) -> Reply:
    """Nothing is noted any more."""
    return await _note(visit, pressed.user_id, "")


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["user_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def noted(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The note."""
    async with visit.db.begin() as session:
        if not await dialogs.finish(session, visit.user, KIND):
            return None
    return await _note(visit, int(dialog.data["user_id"]), said.text)


async def _show(visit: Visit, user_id: int, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        one = await customers.card(session, visit.seller, user_id)
        has = await credit.of_customer(session, visit.seller, user_id, limit=MOST_CURRENCIES)
    return views.card(visit.words, one, whole=visit.seller.everything, note=note, credit=has)


async def _ask(visit: Visit, user_id: int) -> Reply:
    async with visit.db.begin() as session:
        one = await customers.card(session, visit.seller, user_id)
        await dialogs.start(session, visit.user, KIND, "text", {"user_id": user_id}, now=visit.now())
    return views.ask_note(visit.words, one)


async def _note(visit: Visit, user_id: int, text: str) -> Screen:
    async with visit.db.begin() as session:
        await customers.set_note(session, visit.seller, user_id, text, now=visit.now())
    note = visit.words("✅ Noted.") if text.strip() else visit.words("Nothing is noted any more.")
    return await _show(visit, user_id, note=note)
