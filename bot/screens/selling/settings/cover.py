"""The picture of the shop: a photo that an operator sends, or an address."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.settings import views
from bot.screens.selling.settings.buttons import SendCover
from bot.screens.selling.settings.writing import problem_of, write
from bot.sending.reply import Reply, Screen
from db.models import Dialog
from shop.forms import dialogs
from shop.policy import SENT
from shop.settings.known import BY_KEY

KIND = "shop_cover"
COVER = BY_KEY["shop.cover"]

router = Router()


@router.button(SendCover, for_="operator", asks=KIND)
async def send_cover(visit: Visit, _pressed: SendCover) -> Reply:
    """Ask for it."""
    return await _ask(visit)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit)


@router.dialog(KIND, for_="operator", leaves=CLOSES, again=once_more, takes="anything")
async def sent(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """A photo is kept as Telegram keeps it; of texts only an address is a picture."""
    address = said.text.strip()
    if said.photo_file_id is not None:
        cover = f"{SENT}{visit.bot_id}:{said.photo_file_id}"
    elif address.startswith("https://") and " " not in address and len(address) <= COVER.most:
        cover = address
    else:
        return await _ask(visit, problem=visit.words("⚠️ That is neither a photo nor an address."))
    if (problem := problem_of(visit, COVER, cover)) is not None:
        return await _ask(visit, problem=problem)
    return await write(visit, COVER, cover, finishing=KIND)


async def _ask(visit: Visit, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "photo", now=visit.now())
    return views.ask_cover(visit.words, problem=problem)
