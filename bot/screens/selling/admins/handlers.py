"""Who may sell: operators list and appoint."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.person_lines import called
from bot.screens.selling.admins import views
from bot.screens.selling.admins.buttons import Appoint, AskAppoint, OpenSellers
from bot.sending.reply import Audience, CommandMenu, Reply, Screen, Several
from bot.words import mark
from db.models import Dialog, Notification, User
from db.numbers import read_id
from shop.forms import dialogs
from shop.people import staff, users

KIND = "appoint"

router = Router()


@router.command("admins", for_="operator", about=mark("Who may sell"), asks=KIND)
async def admins(visit: Visit, argument: str) -> Reply:
    """`/admins` lists sellers; `/admins @name` or `/admins 12345` asks whether that person shall sell."""
    if not argument:
        return await show_sellers(visit)
    return await _ask_about(visit, await _find(visit, argument), argument)


@router.button(OpenSellers, for_="operator")
async def open_sellers(visit: Visit, pressed: OpenSellers) -> Reply:
    """A page of sellers."""
    return await show_sellers(visit, page=pressed.page)


@router.button(AskAppoint, for_="operator", asks=KIND)
async def ask_appoint(visit: Visit, _pressed: AskAppoint) -> Reply:
    """Ask who."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "who", {}, now=visit.now())
    return views.ask(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask(visit.words)


@router.dialog(KIND, for_="operator", leaves=CLOSES, again=once_more, takes="anything")
async def answer(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """A username, an id, a forwarded message or a contact."""
    if said.photo_file_id is not None or not (said.text or said.about_telegram_id):
        return None
    return await _ask_about(visit, said.about_telegram_id or await _find(visit, said.text), said.text)


@router.button(Appoint, for_="operator")
async def appoint(visit: Visit, pressed: Appoint) -> Reply:
    """The person who was shown may sell from now on, and has a seller's commands."""
    async with visit.db.begin() as session:
        person = await staff.appoint(session, operator=visit.user, telegram_id=pressed.telegram_id, now=visit.now())
    visit.people.forget(pressed.telegram_id)
    audience: Audience = "operator" if pressed.telegram_id in visit.policy.operators else "owner"
    screen = await show_sellers(visit, note=visit.words("✅ {name} may sell now.", name=called(person)))
    return Several((screen, CommandMenu(pressed.telegram_id, audience, person.language)))


@router.notice("appointed")
async def appointed(visit: Visit, _notification: Notification) -> Reply | None:
    """The new seller hears of it, unless it was taken back meanwhile."""
    return views.appointed(visit.words, visit.policy.shop_name) if visit.is_owner else None


async def show_sellers(visit: Visit, *, page: int = 0, note: str = "") -> Screen:
    """A page of those who sell, and of those who left goods behind; `note` (HTML) says what was just done."""
    async with visit.db.read() as session:
        people = await staff.list_owners(session)
        left = await staff.list_left(session, visit.policy.operators)
    return views.sellers(visit.words, people, left, page=page, note=note)


async def _ask_about(visit: Visit, telegram_id: int | None, text: str) -> Screen:
    """Show who it is before they are appointed: a name may have had another holder."""
    async with visit.db.begin() as session:
        person = None if telegram_id is None else await users.find_by_telegram_id(session, telegram_id)
        if telegram_id is None:
            await dialogs.start(session, visit.user, KIND, "who", {}, now=visit.now())
        else:
            await dialogs.finish(session, visit.user, KIND)
    if telegram_id is None:
        problem = visit.words("⚠️ I know nobody called “{name}”.", name=text.strip()[:40])
        return views.ask(visit.words, problem=problem)
    return views.sure_to_appoint(visit.words, telegram_id, person)


async def _find(visit: Visit, text: str) -> int | None:
    wanted = text.strip().removeprefix("https://t.me/")
    if wanted.isascii() and wanted.isdigit():
        return read_id(wanted) or None
    async with visit.db.read() as session:
        person: User | None = await users.find_by_username(session, wanted.removeprefix("@")[:64])
    return person.telegram_id if person is not None else None
