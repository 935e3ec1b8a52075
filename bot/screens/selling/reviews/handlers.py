"""A seller reads what was said about their goods, answers it, hides it with a reason, shows it again."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.reviews.buttons import HideReview
from bot.screens.selling.reviews import views
from bot.screens.selling.reviews.buttons import AnswerReview, DropAnswer, ListReceived, OpenReceived, ShowReview
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Notification, Permission
from shop import reviews
from shop.forms import dialogs

ANSWER, HIDE = "answer_review", "hide_review"

router = Router()


@router.command("reviews", for_="owner", needs=Permission.ORDERS, about=mark("What people say about your goods"))
async def list_command(visit: Visit, _argument: str) -> Reply:
    """The newest."""
    return await list_received(visit, ListReceived())


@router.button(ListReceived, for_="owner", needs=Permission.ORDERS)
async def list_received(visit: Visit, pressed: ListReceived) -> Reply:
    """A page of them."""
    async with visit.db.read() as session:
        found = await reviews.list_received(
            session, visit.seller, pressed.which, before=pressed.before, limit=views.PAGE + 1
        )
    more = len(found) > views.PAGE
    return views.received(visit.words, found[: views.PAGE], pressed.which, first=pressed.before is None, more=more)


@router.button(OpenReceived, for_="owner", needs=Permission.ORDERS)
async def open_received(visit: Visit, pressed: OpenReceived) -> Reply:
    """One of them."""
    return await _show(visit, pressed.review_id, photo=pressed.photo)


@router.button(AnswerReview, for_="owner", needs=Permission.ORDERS, asks=ANSWER)
async def answer_review(visit: Visit, pressed: AnswerReview) -> Reply:
    """Ask for the answer."""
    return await _ask(visit, ANSWER, pressed.review_id)


@router.button(HideReview, for_="owner", needs=Permission.ORDERS, asks=HIDE)
async def hide_review(visit: Visit, pressed: HideReview) -> Reply:
    """Ask for the reason."""
    return await _ask(visit, HIDE, pressed.review_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.kind, int(dialog.data["review_id"]))


@router.dialog(ANSWER, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def answer_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Everybody reads it."""
    review_id = int(dialog.data["review_id"])
    async with visit.db.begin() as session:
        await reviews.reply(session, visit.seller, review_id, said.text, now=visit.now())
        await dialogs.finish(session, visit.user, ANSWER)
    return await _show(visit, review_id, note=visit.words("✅ Answered."))


@router.dialog(HIDE, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def reason_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Nobody reads it any more."""
    review_id = int(dialog.data["review_id"])
    async with visit.db.begin() as session:
        await reviews.hide(session, visit.seller, review_id, reason=said.text, now=visit.now())
        await dialogs.finish(session, visit.user, HIDE)
    return await _show(visit, review_id)


@router.button(DropAnswer, for_="owner", needs=Permission.ORDERS)
async def drop_answer(visit: Visit, pressed: DropAnswer) -> Reply:
    """No answer any more."""
    async with visit.db.begin() as session:
        await reviews.reply(session, visit.seller, pressed.review_id, None, now=visit.now())
    return await _show(visit, pressed.review_id)


@router.button(ShowReview, for_="owner", needs=Permission.ORDERS)
async def show_review(visit: Visit, pressed: ShowReview) -> Reply:
    """Everybody reads it again."""
    async with visit.db.begin() as session:
        await reviews.hide(session, visit.seller, pressed.review_id, hidden=False, now=visit.now())
    return await _show(visit, pressed.review_id)


@router.notice("new_review")
async def new_review(visit: Visit, notification: Notification) -> Reply:
    """Somebody said something about the seller's goods."""
    return await _show(visit, int(notification.data["review_id"]), news=True)


async def _ask(visit: Visit, kind: str, review_id: int) -> Screen:
    async with visit.db.begin() as session:
        one = await reviews.get_received(session, visit.seller, review_id)
        await dialogs.start(session, visit.user, kind, "text", {"review_id": review_id}, now=visit.now())
    return (views.ask_answer if kind == ANSWER else views.ask_reason)(visit.words, one)


async def _show(visit: Visit, review_id: int, *, note: str = "", news: bool = False, photo: int = 1) -> Screen:
    async with visit.db.read() as session:
        one = await reviews.get_received(session, visit.seller, review_id)
    may_show = reviews.may_show(one.review, visit.seller)
    shown = views.one_received(visit.words, one, may_show=may_show, news=news, note=note)
    return views.with_photos(visit.words, shown, one.review, photo, bot_id=visit.bot_id)
