"""A saved answer is sent instead of words of one's own: shown as the customer will read it, then sent once."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import asking
from bot.screens.parts.drafts import WRITING, listen_on
from bot.screens.selling.answers.buttons import PickAnswer
from bot.screens.selling.messages import handlers as writing
from bot.screens.selling.messages import views
from bot.sending.reply import Reply, Toast
from db.models import Author, Permission
from shop import messages
from shop.forms import dialogs
from shop.messages import Note, answers

router = Router()


@router.button(PickAnswer, for_="owner", needs=Permission.ORDERS, asks=writing.FORM, within=writing.FORM)
async def pick_answer(visit: Visit, pressed: PickAnswer) -> Reply:
    """Show it with the names filled in; then send it."""
    async with visit.db.begin() as session:
        form = await dialogs.current(session, visit.user)
        if form is None or form.kind != writing.FORM or form.step != WRITING:
            return Toast(asking.look_again(visit.words))
        thread = await writing.thread_of(visit, session, form.data)
        text = answers.filled(await answers.get(session, visit.seller, pressed.answer_id), thread)
        if not pressed.sure:
            return views.preview(visit.words, thread.customer.name, text, pressed.answer_id)
        author = Author.SELLER if thread.seller.id == visit.seller.owner_id else Author.OPERATOR
        once = f"{visit.bot_id}:{visit.telegram_id}:tap:{visit.message_id}"  # the tap that comes again is this one
        await messages.write(session, thread, author, Note(text, once), policy=visit.policy, now=visit.now())
        await listen_on(visit, session, writing.FORM, {**form.data, "album": None})
    return views.sent(visit.words, thread)
