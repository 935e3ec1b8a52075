"""A present: what is ordered goes to somebody else, with a message and without prices."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.checkout import present_views as views
from bot.screens.buying.checkout.buttons import BuyNow, OpenCheckout
from bot.screens.buying.checkout.present_buttons import AskPresent, BarePresent, NoPresent
from bot.sending.reply import Lead, Reply
from db.models import Dialog, KeptForm, ProductKind
from shop.checkout import PRESENT_LENGTH
from shop.forms import dialogs

PRESENT = "present"  # the question; and, kept beside it, what was answered until the order is placed
WRITING, WRITTEN = "writing", "written"

router = Router()


async def message_of(visit: Visit, session: AsyncSession, *, owner_id: int = 0, product_id: int = 0) -> str | None:
    """The message of the present that an order of a seller's goods, or of one product, shall be; None: no present."""
    return message_in(await dialogs.kept(session, visit.user, PRESENT), owner_id=owner_id, product_id=product_id)


def message_in(kept: KeptForm | None, *, owner_id: int = 0, product_id: int = 0) -> str | None:
    """The same of what was kept."""
    if kept is None:
        return None
    alike = kept.data["product_id"] == product_id and (product_id or kept.data["owner_id"] == owner_id)
    return str(kept.data["message"]) if alike else None


async def placed(visit: Visit, session: AsyncSession) -> None:
    """It became an order: the next one is no present by itself."""
    await dialogs.forget(session, visit.user, PRESENT)


@router.button(AskPresent, asks=PRESENT)
async def ask_present(visit: Visit, pressed: AskPresent) -> Reply:
    """Ask for the message."""
    data = {"owner_id": pressed.owner_id, "product_id": pressed.product_id}
    data |= {"quantity": pressed.quantity, "stamp": pressed.stamp}
    async with visit.db.begin() as session:
        message = await message_of(visit, session, owner_id=pressed.owner_id, product_id=pressed.product_id)
        await dialogs.start(session, visit.user, PRESENT, WRITING, data, now=visit.now())
    return views.ask(visit.words, pressed, _back(pressed), message)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    asked = _asked(dialog)
    async with visit.db.read() as session:
        message = await message_of(visit, session, owner_id=asked.owner_id, product_id=asked.product_id)
    return views.ask(visit.words, asked, _back(asked), message)


@router.dialog(PRESENT, leaves=CLOSES, again=once_more)
async def take_message(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep the message until the order is placed; one that is too long is asked for again."""
    asked = _asked(dialog)
    if len(said.text) > PRESENT_LENGTH:
        return views.too_long(visit.words, asked, _back(asked), said.text)
    return await _wrap(visit, asked, said.text)


@router.button(BarePresent, within=PRESENT)
async def bare_present(visit: Visit, pressed: BarePresent) -> Reply:
    """Nothing is said with it."""
    asked = AskPresent(pressed.owner_id, pressed.product_id, pressed.quantity, pressed.stamp)
    return await _wrap(visit, asked, "")


@router.button(NoPresent, within=PRESENT)
async def no_present(visit: Visit, pressed: NoPresent) -> Reply:
    """It goes to themselves."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, PRESENT)
        await dialogs.forget(session, visit.user, PRESENT)
    return Lead(_back(pressed))


async def _wrap(visit: Visit, asked: AskPresent, message: str) -> Lead:
    data = {"owner_id": asked.owner_id, "product_id": asked.product_id, "message": message}
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, PRESENT)
        await dialogs.keep(session, visit.user, PRESENT, WRITTEN, data, now=visit.now())
    return Lead(_back(asked))


def _asked(dialog: Dialog) -> AskPresent:
    data = dialog.data
    return AskPresent(data["owner_id"], data["product_id"], data["quantity"], data["stamp"])


def _back(of: AskPresent | NoPresent) -> OpenCheckout | BuyNow:
    """The summary to which it belongs."""
    if of.product_id:
        return BuyNow(of.product_id, of.quantity, of.stamp or None)
    return OpenCheckout(of.owner_id, ProductKind.PHYSICAL)
