"""/letterhead: name, address and VAT number on a seller's receipts, theirs alone to change."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.letterhead import views
from bot.screens.selling.letterhead.buttons import ClearLetterhead, OpenLetterhead, Part, WriteLetterhead
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Dialog
from shop import receipts
from shop.forms import dialogs
from shop.refusals import CannotRead

KIND = "letterhead"

router = Router()


@router.command("letterhead", for_="owner", about=mark("Name, address and VAT number on your receipts"))
async def letterhead_command(visit: Visit, _argument: str) -> Reply:
    """What stands there."""
    return await open_letterhead(visit, OpenLetterhead())


@router.button(OpenLetterhead, for_="owner")
async def open_letterhead(visit: Visit, _pressed: OpenLetterhead) -> Reply:
    """What stands there, and the keys to change it."""
    return await _show(visit)


@router.button(WriteLetterhead, for_="owner", asks=KIND)
async def write_letterhead(visit: Visit, pressed: WriteLetterhead) -> Reply:
    """Ask for it."""
    return await _ask(visit, pressed.part)


@router.button(ClearLetterhead, for_="owner")
async def clear_letterhead(visit: Visit, pressed: ClearLetterhead) -> Reply:
    """Leave it to the shop."""
    async with visit.db.begin() as session:
        await _set(visit, session, pressed.part, "")
    return await _show(visit, note=visit.words("✅ Changed."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, Part(dialog.step))


@router.dialog(KIND, for_="owner", leaves=CLOSES, again=once_more)
async def written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Print it from now on; what was issued stays as it is."""
    part = Part(dialog.step)
    try:
        async with visit.db.begin() as session:
            if not await dialogs.finish(session, visit.user, KIND):
                return None
            await _set(visit, session, part, said.text)
    except CannotRead as refused:
        return await _ask(visit, part, most=int(refused.data["limit"]))
    return await _show(visit, note=visit.words("✅ Changed."))


async def _set(visit: Visit, session: AsyncSession, part: Part, text: str) -> None:
    if part is Part.ADDRESS:
        await receipts.set_letterhead(session, visit.seller, address=text, now=visit.now())
    else:
        await receipts.set_letterhead(session, visit.seller, vat_id=text, now=visit.now())


async def _show(visit: Visit, *, note: str = "") -> Reply:
    async with visit.db.read() as session:
        head = await receipts.letterhead_of(session, visit.seller)
    return views.letterhead(visit.words, head, visit.policy, note=note)


async def _ask(visit: Visit, part: Part, *, most: int = 0) -> Reply:
    async with visit.db.begin() as session:
        await receipts.letterhead_of(session, visit.seller)
        await dialogs.start(session, visit.user, KIND, part, {}, now=visit.now())
    return views.ask(visit.words, part, most=most)
