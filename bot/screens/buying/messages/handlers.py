"""A customer writes to a seller: about an order or a product, to the shop, and back to what a seller wrote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.refusals import say
from bot.routing.router import CLOSES, MORE, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.messages import views
from bot.screens.buying.messages.buttons import AnswerSeller, AskAbout, AskShop, SendDraft, ShowProduct, StopAsking
from bot.screens.buying.orders.buttons import TellProblem
from bot.screens.parts.drafts import DRAFT, FORM, WRITING, listen_on, note, packed
from bot.sending.reply import Lead, Reply, Silence
from db.models import Author, Dialog, Notification
from shop import messages
from shop.forms import dialogs
from shop.messages import Note, threads
from shop.messages.threads import Thread
from shop.refusals import NotServed, TooManyMessages

ALBUM = 10  # photos, Bot API

About = Mapping[str, Any]  # order_id, product_id, message_id, or none of them: the shop

router = Router()


@router.button(TellProblem, asks=FORM)
async def tell_problem(visit: Visit, pressed: TellProblem) -> Reply:
    """Ask what the seller of an order shall read."""
    return await ask(visit, {"order_id": pressed.order_id})


@router.button(AskAbout, asks=FORM)
async def ask_about(visit: Visit, pressed: AskAbout) -> Reply:
    """Ask what the seller of a product shall read."""
    return await ask(visit, {"product_id": pressed.product_id})


@router.button(AskShop, asks=FORM)
async def ask_shop(visit: Visit, _pressed: AskShop) -> Reply:
    """Ask what the shop shall read."""
    return await ask(visit, {}, fresh=False)


@router.button(AnswerSeller, asks=FORM)
async def answer_seller(visit: Visit, pressed: AnswerSeller) -> Reply:
    """Ask what the seller shall read in answer to their message."""
    return await ask(visit, {"message_id": pressed.message_id})


@router.button(StopAsking)
async def stop_asking(_visit: Visit, pressed: StopAsking) -> Lead:
    """Never mind."""
    return Lead(OpenHome() if pressed.product_id is None else OpenProduct(pressed.product_id))


@router.button(ShowProduct)
async def show_product(_visit: Visit, pressed: ShowProduct) -> Lead:
    """The product's page, below."""
    return Lead(OpenProduct(pressed.product_id), fresh=True)


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The question again, as long as it is one."""
    return await ask(visit, dialog.data) if dialog.step == WRITING else None


@router.dialog(FORM, leaves=CLOSES, again=once_more, takes="anything")
async def written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Bring it to the seller; photos that follow go with it."""
    if said.photo_file_id is None and not said.text:
        return None
    belongs = said.photo_file_id is not None and said.album is not None and said.album == dialog.data.get("album")
    if dialog.step == DRAFT:
        return await _another(visit, dialog, said) if belongs else None
    if dialog.step == MORE and said.photo_file_id is None:
        return None
    about = {key: value for key, value in dialog.data.items() if key != "album"}
    sent = await send(visit, about, [note(visit, said)])
    return Silence() if belongs and dialog.step == MORE else sent


@router.reply("problem_answer", asks=FORM)
async def order_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The customer replies to what the seller wrote about an order."""
    return await send(visit, {"order_id": int(notification.data["order_id"])}, [note(visit, said)])


@router.reply("question_answer", asks=FORM)
async def question_answered(visit: Visit, notification: Notification, said: Said) -> Reply:
    """The customer replies to what the seller wrote about a question."""
    return await send(visit, {"message_id": int(notification.data["message_id"])}, [note(visit, said)])


@router.button(SendDraft, asks=FORM, within=FORM)
async def send_draft(visit: Visit, pressed: SendDraft) -> Reply:
    """Bring what was written to who was chosen; asked for anew when it is not there any more."""
    about = {} if pressed.order_id is None else {"order_id": pressed.order_id}
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    if dialog is None or (dialog.kind, dialog.step) != (FORM, DRAFT):
        return await ask(visit, about)
    return await send(visit, about, [Note(**one) for one in dialog.data["notes"]])


async def ask(visit: Visit, about: About, *, fresh: bool = True) -> Reply:
    """Ask for the words. Raises NotFound, NotServed, TooManyMessages (before anything is written in vain)."""
    async with visit.db.begin() as session:
        thread = await _thread(visit, session, about)
        await messages.may_write(session, thread, policy=visit.policy, now=visit.now())
        await dialogs.start(session, visit.user, FORM, WRITING, dict(about), now=visit.now())
    return views.ask(visit.words, thread, fresh=fresh)


async def send(visit: Visit, about: About, notes: Sequence[Note]) -> Reply:
    """Write it down for the seller; what the seller does not take is said, and asks for nothing more."""
    try:
        async with visit.db.begin() as session:
            thread = await _thread(visit, session, about)
            for one in notes:
                await messages.write(session, thread, Author.CUSTOMER, one, policy=visit.policy, now=visit.now())
            await listen_on(visit, session, FORM, {**about, "album": notes[-1].album})
    except (TooManyMessages, NotServed) as refused:
        async with visit.db.begin() as session:
            await dialogs.finish(session, visit.user, FORM)
        return views.not_sent(visit.words, say(visit.words, refused), refused.data.get("order_id"))
    return views.sent(visit.words, thread)


async def _another(visit: Visit, dialog: Dialog, said: Said) -> Reply:
    """The next photo of the album that waits."""
    notes = [*dialog.data["notes"], packed(note(visit, said))][:ALBUM]
    async with visit.db.begin() as session:
        data = {**dialog.data, "notes": notes}
        await dialogs.update(session, visit.user, kind=FORM, step=DRAFT, data=data, now=visit.now())
    return Silence()


async def _thread(visit: Visit, session: AsyncSession, about: About) -> Thread:
    if "order_id" in about:
        return await threads.of_order(session, visit.user, int(about["order_id"]))
    if "product_id" in about:
        return await threads.of_product(session, visit.user, int(about["product_id"]))
    if "message_id" in about:
        return await threads.of_message(session, visit.user, int(about["message_id"]))
    return await threads.of_shop(session, visit.user, visit.policy)
