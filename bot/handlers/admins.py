"""Who may sell: operators list, appoint and dismiss."""

from bot.buttons.admins import AskAppoint, Dismiss, OpenSellers
from bot.reply import Reply, Screen
from bot.router import CLOSES, Router
from bot.said import Said
from bot.views import admins as views
from bot.visit import Visit
from bot.words import mark
from db.models import Dialog, Notification, User
from shop import dialogs, users
from shop.outbox import enqueue
from shop.refusals import NotFound

KIND = "appoint"
LARGEST_ID = 2**52  # Telegram promises ids below that

router = Router()


@router.command("admins", for_="operator", about=mark("Who may sell"), asks=KIND)
async def admins(visit: Visit, argument: str) -> Reply:
    """`/admins` lists sellers; `/admins @name` or `/admins 12345` appoints one."""
    if not argument:
        return await _list(visit)
    telegram_id = await _find(visit, argument)
    return await (_not_found(visit, argument) if telegram_id is None else _appoint(visit, telegram_id))


@router.button(OpenSellers, for_="operator")
async def open_sellers(visit: Visit, pressed: OpenSellers) -> Reply:
    """A page of sellers."""
    return await _list(visit, page=pressed.page)


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
    telegram_id = said.about_telegram_id or await _find(visit, said.text)
    return await (_not_found(visit, said.text) if telegram_id is None else _appoint(visit, telegram_id))


@router.button(Dismiss, for_="operator")
async def dismiss(visit: Visit, pressed: Dismiss) -> Reply:
    """Let somebody sell no more, after asking back."""
    if not pressed.sure:
        async with visit.db.read() as session:
            person = await users.find_by_telegram_id(session, pressed.telegram_id)
        if person is None:
            raise NotFound(telegram_id=pressed.telegram_id)
        return views.sure(visit.words, person)
    async with visit.db.begin() as session:
        person = await users.dismiss(session, operator=visit.user, telegram_id=pressed.telegram_id, now=visit.now())
    visit.people.forget(pressed.telegram_id)
    return await _list(visit, note=visit.words("{name} sells no more.", name=views.called(person)))


@router.notice("appointed")
async def appointed(visit: Visit, _notification: Notification) -> Reply:
    """The new seller hears of it."""
    return views.appointed(visit.words, visit.policy.shop_name)


async def _appoint(visit: Visit, telegram_id: int) -> Screen:
    async with visit.db.begin() as session:
        person = await users.appoint(session, operator=visit.user, telegram_id=telegram_id, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
        await enqueue(
            session,
            user_id=person.id,
            kind="appointed",
            data={},
            dedupe_key=f"appointed:{person.id}:{visit.message_id}",
            now=visit.now(),
        )
    visit.people.forget(telegram_id)
    return await _list(visit, note=visit.words("✅ {name} may sell now.", name=views.called(person)))


async def _list(visit: Visit, *, page: int = 0, note: str = "") -> Screen:
    async with visit.db.read() as session:
        people = await users.list_owners(session)
    return views.sellers(visit.words, people, page=page, note=note)


async def _find(visit: Visit, text: str) -> int | None:
    wanted = text.strip().removeprefix("https://t.me/")
    if wanted.isascii() and wanted.isdigit():
        number = int(wanted[:20])
        return number if 0 < number < LARGEST_ID else None
    async with visit.db.read() as session:
        person: User | None = await users.find_by_username(session, wanted.removeprefix("@"))
    return person.telegram_id if person is not None else None


async def _not_found(visit: Visit, text: str) -> Screen:
    words = visit.words
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "who", {}, now=visit.now())
    return views.ask(words, problem=words("⚠️ I know nobody called “{name}”.", name=text.strip()[:40]))
