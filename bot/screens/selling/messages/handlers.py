"""A seller (or an operator in their place) writes to a customer."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, MORE, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.messages.buttons import AnswerCustomer
from bot.screens.parts.drafts import WRITING, listen_on, note
from bot.screens.selling.messages import views
from bot.screens.selling.orders.buttons import WriteToCustomer
from bot.sending.reply import Reply, Silence
from db.models import Author, Dialog, Notification, Permission
from db.numbers import read_id
from shop import messages
from shop.forms import dialogs
from shop.messages import answers, threads
from shop.messages.threads import Thread
from shop.refusals import NotFound

FORM = "sale_message"

About = Mapping[str, Any]  # order_id or message_id

router = Router()


@router.button(WriteToCustomer, for_="owner", needs=Permission.ORDERS, asks=FORM)
async def write_to_customer(visit: Visit, pressed: WriteToCustomer) -> Reply:
    """Ask what the customer of an order shall read."""
    return await _ask(visit, {"order_id": pressed.order_id})


@router.button(AnswerCustomer, for_="owner", needs=Permission.ORDERS, asks=FORM)
async def answer_customer(visit: Visit, pressed: AnswerCustomer) -> Reply:
    """Ask what the customer shall read in answer to their message."""
    return await _ask(visit, {"message_id": pressed.message_id})


@router.deep_link("answer_", asks=FORM)
async def from_a_group(visit: Visit, argument: str) -> Reply:
    """The key of a staff group under what a customer wrote: asks, as the key in private does."""
    message_id = read_id(argument)
    if message_id is None or not visit.sells:
        raise NotFound
    return await _ask(visit, {"message_id": message_id})


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The question again, as long as it is one."""
    return await _ask(visit, dialog.data) if dialog.step == WRITING else None


@router.dialog(FORM, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more, takes="anything")
async def written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Bring it to the customer; photos that follow go with it, one with a caption may be a new product."""
    if said.photo_file_id is None and not said.text:
        return None
    belongs = said.album is not None and said.album == dialog.data.get("album")
    if dialog.step == MORE and (said.photo_file_id is None or (said.text and not belongs)):
        return None
    about = {key: value for key, value in dialog.data.items() if key != "album"}
    sent = await _send(visit, about, said)
    return Silence() if belongs and dialog.step == MORE else sent


@router.reply("problem", for_="owner", needs=Permission.ORDERS, asks=FORM)
async def problem_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The seller replies to what a customer wrote about an order."""
    return await _send(visit, {"order_id": int(notification.data["order_id"])}, said)


@router.reply("question", for_="owner", needs=Permission.ORDERS, asks=FORM)
async def question_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The seller replies to a question."""
    return await _send(visit, {"message_id": int(notification.data["message_id"])}, said)


@router.reply("new_order", for_="owner", needs=Permission.ORDERS, asks=FORM)
async def new_order_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The seller replies to a new order: it is for the customer."""
    return await _send(visit, {"order_id": int(notification.data["order_id"])}, said)


async def _ask(visit: Visit, about: About) -> Reply:
    async with visit.db.begin() as session:
        thread = await thread_of(visit, session, about)
        await dialogs.start(session, visit.user, FORM, WRITING, dict(about), now=visit.now())
        saved = await answers.of_seller(session, visit.seller)
    return views.ask(visit.words, thread, saved)


async def _send(visit: Visit, about: About, said: Said) -> Reply:
    async with visit.db.begin() as session:
        thread = await thread_of(visit, session, about)
        author = Author.SELLER if thread.seller.id == visit.seller.owner_id else Author.OPERATOR
        await messages.write(session, thread, author, note(visit, said), policy=visit.policy, now=visit.now())
        await listen_on(visit, session, FORM, {**about, "album": said.album})
    return views.sent(visit.words, thread)


async def thread_of(visit: Visit, session: AsyncSession, about: About) -> Thread:
    """Whom it is to and what it is about. Raises NotFound."""
    if "order_id" in about:
        return await threads.of_sale(session, visit.seller, int(about["order_id"]))
    return await threads.of_message_sold(session, visit.seller, int(about["message_id"]))
