"""Keeping people away: sellers from their own goods, operators from the whole shop."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.messages.buttons import ReadSalesThread
from bot.screens.parts.customers import find_customer
from bot.screens.selling.bans import views
from bot.screens.selling.bans.buttons import AskBan, AskBanOfWriter, OpenBans, SetBanned
from bot.screens.selling.customers.buttons import AskBanOf, OpenCustomer
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Permission
from shop import orders
from shop.messages import threads
from shop.people import bans

PAGE = 8

router = Router()


@router.command("ban", for_="owner", needs=Permission.ORDERS, about=mark("Take no orders from a person"))
async def ban(visit: Visit, argument: str) -> Reply:
    """`/ban 1042` (an order), `/ban @name` or `/ban 12345` (a Telegram id) asks; alone it lists."""
    if not argument:
        return await open_bans(visit, OpenBans())
    customer = await find_customer(visit, argument.strip())
    return await _nobody(visit, argument) if customer is None else views.sure(visit.words, customer, whole=_all(visit))


@router.command("unban", for_="owner", needs=Permission.ORDERS, about=mark("Take orders from a person again"))
async def unban(visit: Visit, argument: str) -> Reply:
    """The same words as /ban."""
    if not argument:
        return await open_bans(visit, OpenBans())
    customer = await find_customer(visit, argument.strip())
    if customer is None or not customer.banned:
        return await _nobody(visit, argument)
    return await set_banned(visit, SetBanned(customer.person.id, banned=False))


@router.button(OpenBans, for_="owner", needs=Permission.ORDERS)
async def open_bans(visit: Visit, pressed: OpenBans) -> Reply:
    """A page of the list."""
    return await _list(visit, before=pressed.before)


@router.button(AskBan, for_="owner", needs=Permission.ORDERS)
async def ask_ban(visit: Visit, pressed: AskBan) -> Reply:
    """Show who it is, and what becomes of their orders."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
        customer = await bans.look(session, visit.seller, order.user_id)
    return views.sure(visit.words, customer, whole=_all(visit), back=OpenSale(order.id))


@router.button(AskBanOfWriter, for_="owner", needs=Permission.ORDERS)
async def ask_ban_of_writer(visit: Visit, pressed: AskBanOfWriter) -> Reply:
    """The same about who asked a question, and may never have ordered."""
    async with visit.db.read() as session:
        thread = await threads.of_message_sold(session, visit.seller, pressed.message_id)
        customer = await bans.look(session, visit.seller, thread.customer.id)
    return views.sure(visit.words, customer, whole=_all(visit), back=ReadSalesThread(pressed.message_id))


@router.button(AskBanOf, for_="owner", needs=Permission.ORDERS)
async def ask_ban_of(visit: Visit, pressed: AskBanOf) -> Reply:
    """The same about who is shown on their card."""
    async with visit.db.read() as session:
        customer = await bans.look(session, visit.seller, pressed.user_id)
    return views.sure(visit.words, customer, whole=_all(visit), back=OpenCustomer(pressed.user_id))


@router.button(SetBanned, for_="owner", needs=Permission.ORDERS)
async def set_banned(visit: Visit, pressed: SetBanned) -> Reply:
    """Away, or welcome again."""
    words = visit.words
    async with visit.db.begin() as session:
        if pressed.banned:
            person = await bans.ban(
                session,
                visit.seller,
                pressed.user_id,
                operators=visit.policy.operators,
                now=visit.now(),
            )
            note = words("🚫 {name} cannot order or write any more.", name=views.called(person))
        else:
            person = await bans.unban(session, visit.seller, pressed.user_id, now=visit.now())
            note = words("✅ {name} can order again.", name=views.called(person))
    return await _list(visit, note=note)


async def _list(visit: Visit, *, before: int | None = None, note: str = "") -> Screen:
    async with visit.db.read() as session:
        found = await bans.list_banned(session, visit.seller, before=before, limit=PAGE + 1)
    following = found[PAGE - 1][0] if len(found) > PAGE else None
    people = [person for _, person in found[:PAGE]]
    return views.banned(
        visit.words, people, whole=_all(visit), paged=before is not None, following=following, note=note
    )


async def _nobody(visit: Visit, argument: str) -> Screen:
    return await _list(visit, note=visit.words("⚠️ I find nobody for “{name}”.", name=argument.strip()[:40]))


def _all(visit: Visit) -> bool:
    """Operators ban from the whole shop."""
    return visit.is_operator
