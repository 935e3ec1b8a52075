"""Goods that come back, as their seller sees it: agreed or not, received, paid back; /returns lists them."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.order_numbers import number_and_rest
from bot.screens.selling.returns import list_views, views
from bot.screens.selling.returns.buttons import (
    AgreeReturn,
    DeclineReturn,
    ListOrderReturns,
    ListSalesReturns,
    OpenSalesReturn,
    SalesReturnPhoto,
)
from bot.sending.reply import Lead, Reply, Screen
from bot.words import mark
from db.models import Dialog, Notification, Permission, Return
from shop import orders, returns
from shop.forms import dialogs
from shop.orders.reading import SEEING
from shop.returns import paying, reading
from shop.returns.paying import Worth
from shop.returns.rule import AGREED, ASKED, DECLINED, RECEIVED

PAGE = 8
WORD = "return_word"

router = Router()


@router.command("returns", for_="owner", needs=SEEING, about=mark("Goods that come back"), also="rma")
async def returns_command(visit: Visit, argument: str) -> Reply:
    """/returns, /returns agreed: those in one status, /returns 1042: those of an order."""
    order_id, _ = number_and_rest(argument)
    if order_id is not None:
        return await list_order_returns(visit, ListOrderReturns(order_id))
    status = list_views.status_of(visit.words, argument)
    return await list_returns(visit, ListSalesReturns(status))


@router.button(ListSalesReturns, for_="owner", needs=SEEING)
async def list_returns(visit: Visit, pressed: ListSalesReturns) -> Reply:
    """A page of the list."""
    async with visit.db.read() as session:
        found = await returns.list_for_owner(
            session, visit.seller, status=pressed.status, before=pressed.before, limit=PAGE
        )
    return list_views.listed(visit.words, found, pressed)


@router.button(ListOrderReturns, for_="owner", needs=SEEING)
async def list_order_returns(visit: Visit, pressed: ListOrderReturns) -> Reply:
    """Those of one order, with a key to begin one."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
        found = await returns.of_order(session, visit.seller, order.id)
    return list_views.of_order(visit.words, order, found)


@router.button(OpenSalesReturn, for_="owner", needs=SEEING)
async def open_return(visit: Visit, pressed: OpenSalesReturn) -> Reply:
    """One return."""
    return await return_page(visit, pressed)


@router.page(OpenSalesReturn, for_="owner", needs=SEEING)
async def return_page(visit: Visit, pressed: OpenSalesReturn) -> Screen:
    """One return as it is now."""
    return await show(visit, pressed.return_id)


@router.button(SalesReturnPhoto, for_="owner", needs=SEEING)
async def show_photo(visit: Visit, pressed: SalesReturnPhoto) -> Reply:
    """A photo of it."""
    row = await read(visit, pressed.return_id)
    return views.photo(visit.words, row, pressed.place, visit.bot_id)


@router.button(AgreeReturn, for_="owner", needs=Permission.ORDERS, asks=WORD)
async def agree_return(visit: Visit, pressed: AgreeReturn) -> Reply:
    """Take it back, with a word to the customer or without."""
    if pressed.silent:
        return await _answer(visit, pressed.return_id, AGREED.value, "")
    return await _ask(visit, pressed.return_id, AGREED.value)


@router.button(DeclineReturn, for_="owner", needs=Permission.ORDERS, asks=WORD)
async def decline_return(visit: Visit, pressed: DeclineReturn) -> Reply:
    """Not take it back: the customer reads why."""
    return await _ask(visit, pressed.return_id, DECLINED.value)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["return_id"]), str(dialog.data["to"]))


@router.dialog(WORD, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def word_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """What the customer reads."""
    return await _answer(visit, int(dialog.data["return_id"]), str(dialog.data["to"]), said.text)


@router.notice("return_wanted")
async def return_wanted(visit: Visit, notification: Notification) -> Reply | None:
    """A customer asks, or keeps it after all; or it waits for too long."""
    step, again = str(notification.data["step"]), int(notification.data.get("again", 0))
    async with visit.db.read() as session:
        row = await reading.get(session, int(notification.data["return_id"]))
        worth = await _worth(session, visit, row)
    if again and notification.sent_at is None and row.status.value != step:
        return None  # answered meanwhile
    return views.page(visit.words, row, worth, news=step, again=again)


async def read(visit: Visit, return_id: int) -> Return:
    """One return of the seller's. Raises NotFound."""
    async with visit.db.read() as session:
        return await returns.get_for_owner(session, visit.seller, return_id)


async def show(visit: Visit, return_id: int, *, toast: str | None = None) -> Screen:
    """The return as it stands now, with the sums on its keys for whoever may give money back."""
    async with visit.db.read() as session:
        row = await returns.get_for_owner(session, visit.seller, return_id)
        worth = await _worth(session, visit, row)
    return views.page(visit.words, row, worth, toast=toast)


async def _worth(session: AsyncSession, visit: Visit, row: Return) -> Worth | None:
    if row.status is not RECEIVED or not visit.seller.may(Permission.MONEY):
        return None
    return await paying.weigh(session, row, visit.providers)


async def _ask(visit: Visit, return_id: int, to: str) -> Reply:
    async with visit.db.begin() as session:
        row = await returns.get_for_owner(session, visit.seller, return_id)
        if row.status is not ASKED and not (to == DECLINED and row.status is AGREED):
            return Lead(OpenSalesReturn(row.id))
        data = {"return_id": row.id, "to": to}
        await dialogs.start(session, visit.user, WORD, "text", data, now=visit.now())
    return views.ask_word(visit.words, row, agrees=to == AGREED, where=visit.policy.return_to)


async def _answer(visit: Visit, return_id: int, to: str, word: str) -> Reply:
    decide = returns.agree if to == AGREED else returns.decline
    async with visit.db.begin() as session:
        await decide(session, visit.seller, return_id, word, policy=visit.policy, now=visit.now())
        await dialogs.finish(session, visit.user, WORD)
    return await show(visit, return_id)
