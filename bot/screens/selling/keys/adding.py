"""Adding keys: pasted line by line, as a text file, or file by file."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said, SentFile
from bot.routing.visit import Visit
from bot.screens.selling.keys import views
from bot.screens.selling.keys.buttons import AddKeys
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import units
from shop.forms import dialogs
from shop.units import LARGEST, Added, NewUnit, read_file, read_lines

KIND = "add_keys"

router = Router()


@router.button(AddKeys, for_="owner", needs=Permission.STOCK, asks=KIND)
async def add_keys(visit: Visit, pressed: AddKeys) -> Reply:
    """Ask for them."""
    return await _ask(visit, pressed.product_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["product_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.STOCK, leaves=CLOSES, again=once_more, takes="files")
async def keys_sent(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Put them on the shelf, say what is not new, and wait for more."""
    product_id = int(dialog.data["product_id"])
    if said.file is None and not said.text:
        return None
    given, told = await _read(visit, said)
    async with visit.db.begin() as session:
        told = await units.add(
            session,
            visit.seller,
            product_id,
            given,
            told=told,
            now=visit.now(),
        )
        await dialogs.update(session, visit.user, kind=KIND, step="keys", now=visit.now())
        pool = await units.pool_of(session, visit.seller, product_id)
    return views.ask(visit.words, pool, told=told)


async def _ask(visit: Visit, product_id: int) -> Screen:
    async with visit.db.begin() as session:
        pool = await units.pool_of(session, visit.seller, product_id)
        await dialogs.start(session, visit.user, KIND, "keys", {"product_id": product_id}, now=visit.now())
    return views.ask(visit.words, pool)


async def _read(visit: Visit, said: Said) -> tuple[list[NewUnit], Added]:
    if said.file is None:
        return read_lines(said.text)
    suffix = said.file.name.lower().rpartition(".")[2]
    if said.file.is_photo or suffix not in {"txt", "csv"}:
        return [_as_unit(said.file, visit.bot_id)], Added(first_duplicates=[], too_long=[])
    content = await visit.files.read(said.file.file_id, most=LARGEST)
    return read_file(content, is_table=suffix == "csv")


def _as_unit(file: SentFile, bot_id: int) -> NewUnit:
    kind = "photo" if file.is_photo else "document"
    name = file.name or (f"photo-{file.unique_id[-6:]}.jpg" if file.is_photo else f"file-{file.unique_id[-6:]}")
    return NewUnit(name, file_id=file.file_id, file_kind=kind, file_bot_id=bot_id, same_as=file.unique_id)
