"""/answers: short texts for customers, kept, changed and removed."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.selling.answers import views
from bot.screens.selling.answers.buttons import ListAnswers, RemoveAnswer, WriteAnswer
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Dialog, Permission
from shop.forms import dialogs
from shop.messages import answers

KIND = "saved_answer"

router = Router()


@router.command("answers", for_="owner", needs=Permission.ORDERS, about=mark("Short texts to answer customers with"))
async def answers_command(visit: Visit, _argument: str) -> Reply:
    """/answers."""
    return await list_answers(visit, ListAnswers())


@router.button(ListAnswers, for_="owner", needs=Permission.ORDERS)
async def list_answers(visit: Visit, _pressed: ListAnswers) -> Reply:
    """All of them."""
    async with visit.db.read() as session:
        found = await answers.of_seller(session, visit.seller)
    return views.answers(visit.words, found)


@router.button(WriteAnswer, for_="owner", needs=Permission.ORDERS, asks=KIND)
async def write_answer(visit: Visit, pressed: WriteAnswer) -> Reply:
    """Ask for the words."""
    return await _ask(visit, pressed.answer_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.data.get("answer_id"))


@router.dialog(KIND, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more)
async def answer_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep it."""
    answer_id = dialog.data.get("answer_id")
    async with visit.db.begin() as session:
        if not await dialogs.finish(session, visit.user, KIND):
            return None
        if answer_id is None:
            await answers.add(session, visit.seller, said.text, now=visit.now())
        else:
            await answers.change(session, visit.seller, int(answer_id), said.text, now=visit.now())
    return await list_answers(visit, ListAnswers())


@router.button(RemoveAnswer, for_="owner", needs=Permission.ORDERS, asks=sure.SURE, within=sure.SURE)
async def remove_answer(visit: Visit, pressed: RemoveAnswer) -> Reply:
    """Ask, and remove it."""
    async with visit.db.read() as session:
        answer = await answers.get(session, visit.seller, pressed.answer_id)
    yes = RemoveAnswer(answer.id, sure=True)
    if not pressed.sure or await sure.agreed(visit, yes, answer.text) is None:
        async with visit.db.begin() as session:
            await sure.ask(session, visit, yes, answer.text)
        return views.ask_remove(visit.words, answer)
    async with visit.db.begin() as session:
        await answers.remove(session, visit.seller, answer.id, now=visit.now())
    return await list_answers(visit, ListAnswers())


async def _ask(visit: Visit, answer_id: int | None) -> Reply:
    async with visit.db.begin() as session:
        answer = None if answer_id is None else await answers.get(session, visit.seller, answer_id)
        await dialogs.start(session, visit.user, KIND, "text", {"answer_id": answer_id}, now=visit.now())
    return views.ask(visit.words, "" if answer is None else answer.text)
