"""A seller lets the bot into a group or channel, and says what arrives there: in the group itself or in private."""

from bot.intake.groups import Joined
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.chats import views
from bot.screens.selling.chats.buttons import SEES, LetGo, ListChats, OpenChat, SetNews, SetPrivate
from bot.sending.reply import Reply, Screen, Silence
from bot.words import mark
from db.models import Notification, StaffChat
from shop import chats
from shop.chats import Seen
from shop.refusals import NotFound

router = Router()


@router.membership(needs=SEES)
async def let_in(visit: Visit, change: Joined) -> Reply:
    """An owner let us in: a group is asked what shall arrive, a channel must let us post."""
    group = change.group
    async with visit.db.read() as session:
        known = await chats.find(session, group.chat_id)
    if group.type == "channel" and not change.may_post:
        if known is not None:
            await visit.db.transact(lambda session: chats.lose(session, known.id, now=visit.now()))
        return Silence()
    chat = await _connect(visit)
    if known is not None and known.broken_at is None:
        return Silence()  # other rights, nothing new
    return views.settings(visit.words, chat, visit.seller, in_group=True)


@router.group_command("connect", needs=SEES)
async def connect_here(visit: Visit, _argument: str) -> Reply:
    """/connect in a group."""
    return views.settings(visit.words, await _connect(visit), visit.seller, in_group=True)


@router.group_command("here", needs=SEES)
async def here(visit: Visit, argument: str) -> Reply:
    """/here orders, in the topic where they shall arrive."""
    kind, group = argument.strip().lower(), visit.group
    if kind not in chats.KINDS or group is None:
        if group is not None:
            await _must_not_be_anothers(visit, group.chat_id)
        return views.topic_unclear(visit.words)
    chat = await _connect(visit)
    async with visit.db.begin() as session:
        chat = await chats.set_kind(session, chat.id, visit.seller, kind, on=True, now=visit.now())
        await chats.set_topic(session, chat, kind, group.topic)
    return views.topic_set(visit.words, kind)


@router.command("connect", for_="owner", needs=SEES, about=mark("Staff groups and channels"))
async def connect(visit: Visit, _argument: str) -> Reply:
    """/connect in private."""
    return await list_chats(visit, ListChats())


@router.button(ListChats, for_="owner", needs=SEES)
async def list_chats(visit: Visit, _pressed: ListChats) -> Reply:
    """All that are connected."""
    async with visit.db.read() as session:
        known = await chats.mine(session, visit.seller)
    return views.overview(visit.words, known, f"https://t.me/{visit.bot_username}")


@router.button(OpenChat, for_="owner", needs=SEES)
async def open_chat(visit: Visit, pressed: OpenChat) -> Reply:
    """One of them."""
    async with visit.db.read() as session:
        chat = await chats.get(session, pressed.staff_chat_id, visit.seller)
    return _shown(visit, chat)


@router.button(SetNews, for_="owner", needs=SEES)
async def set_news(visit: Visit, pressed: SetNews) -> Reply:
    """News of a kind arrive there, or not."""
    async with visit.db.begin() as session:
        chat = await chats.set_kind(
            session, pressed.staff_chat_id, visit.seller, pressed.kind, on=pressed.on, now=visit.now()
        )
    return _shown(visit, chat)


@router.button(SetPrivate, for_="owner")
async def set_private(visit: Visit, pressed: SetPrivate) -> Reply:
    """The same in private, or not: said by the one who reads."""
    async with visit.db.begin() as session:
        chat = await chats.set_private(session, pressed.staff_chat_id, visit.seller, on=pressed.on, now=visit.now())
    return _shown(visit, chat)


@router.button(LetGo, for_="owner", needs=SEES)
async def let_go(visit: Visit, pressed: LetGo) -> Reply:
    """Nothing arrives there any more."""
    async with visit.db.begin() as session:
        chat = await chats.get(session, pressed.staff_chat_id, visit.seller)
        if not pressed.sure:
            return views.ask_let_go(visit.words, chat)
        await chats.let_go(session, chat.id, visit.seller, now=visit.now())
    return await list_chats(visit, ListChats())


@router.notice("chat_lost")
async def chat_lost(visit: Visit, notification: Notification) -> Reply:
    """We are not in a group any more."""
    return views.lost(visit.words, str(notification.data["title"]), why=str(notification.data.get("why", "")))


async def _must_not_be_anothers(visit: Visit, chat_id: int) -> None:
    """Raises NotFound in a group of another seller, where nothing is answered to this one."""
    async with visit.db.read() as session:
        known = await chats.find(session, chat_id)
        if known is not None and known.broken_at is None:
            await chats.get(session, known.id, visit.seller)


async def _connect(visit: Visit) -> StaffChat:
    group = visit.group
    if group is None:
        raise NotFound
    seen = Seen(group.chat_id, group.type, group.title, group.is_forum)
    async with visit.db.begin() as session:
        return await chats.connect(session, seen, visit.seller, now=visit.now())


def _shown(visit: Visit, chat: StaffChat) -> Screen:
    return views.settings(visit.words, chat, visit.seller, in_group=visit.group is not None)
