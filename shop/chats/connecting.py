"""Connecting groups and channels: each belongs to one seller or to the whole shop, and says what arrives there."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import StaffChat
from db.writes import changed, insert_once
from shop.notifications.chats import KINDS
from shop.refusals import NotFound

MOST = 20  # connected by one seller, the newest first


class Whose(Struct, frozen=True):
    """For whom a chat is connected: a seller, or everybody (`owner_id` None); it reads in the name of `reader_id`."""

    owner_id: int | None
    reader_id: int
    person_id: int


class Seen(Struct, frozen=True):
    """A group or channel as Telegram tells it; `type` is the Bot API's."""

    chat_id: int
    type: str
    title: str
    is_forum: bool = False


async def connect(session: AsyncSession, seen: Seen, whose: Whose, *, now: datetime) -> StaffChat:
    """Let the shop into a chat; one that is there already is refreshed. Raises NotFound when it is somebody else's."""
    await insert_once(
        session,
        StaffChat,
        chat_id=seen.chat_id,
        type=seen.type,
        title=seen.title[:255],
        is_forum=seen.is_forum,
        owner_id=whose.owner_id,
        reader_id=whose.reader_id,
        created_by=whose.person_id,
        kinds="",
        topics={},
        keeps_private=True,
        created_at=now,
    )
    chat = await find(session, seen.chat_id)
    if chat is None:
        raise NotFound
    if chat.broken_at is None and not _is_of(chat, whose):
        raise NotFound(chat_id=seen.chat_id)
    if chat.broken_at is not None and not _is_of(chat, whose):
        chat.kinds, chat.topics, chat.keeps_private = "", {}, True  # whoever comes next begins anew
    chat.owner_id, chat.reader_id, chat.created_by = whose.owner_id, whose.reader_id, whose.person_id
    chat.type, chat.title, chat.is_forum, chat.broken_at = seen.type, seen.title[:255], seen.is_forum, None
    chat.topics = {kind: topic for kind, topic in chat.topics.items() if topic}  # what could not be made is tried again
    await session.flush()
    return chat


async def find(session: AsyncSession, chat_id: int) -> StaffChat | None:
    """The chat with this Telegram id."""
    return await session.scalar(select(StaffChat).where(StaffChat.chat_id == chat_id))


async def get(session: AsyncSession, staff_chat_id: int, whose: Whose) -> StaffChat:
    """One chat that is theirs, and that we are still in. Raises NotFound."""
    query = select(StaffChat).where(StaffChat.id == staff_chat_id, StaffChat.broken_at.is_(None), _theirs(whose))
    chat = await session.scalar(query)
    if chat is None:
        raise NotFound(chat_id=staff_chat_id)
    return chat


async def mine(session: AsyncSession, whose: Whose) -> Sequence[StaffChat]:
    """The newest `MOST` chats that are theirs and not lost; an operator's are those of the whole shop and their own."""
    query = select(StaffChat).where(StaffChat.broken_at.is_(None), _theirs(whose))
    return (await session.scalars(query.order_by(StaffChat.id.desc()).limit(MOST))).all()


async def set_kind(session: AsyncSession, chat: StaffChat, kind: str, *, on: bool) -> None:
    """Have news of a kind arrive there, or not. Raises NotFound for a kind that does not exist."""
    if kind not in KINDS:
        raise NotFound
    now_on = set(chat.kinds.split(",")) - {"", kind} | ({kind} if on else set())
    chat.kinds = ",".join(each for each in KINDS if each in now_on)
    await session.flush()


async def set_private(session: AsyncSession, chat: StaffChat, *, on: bool) -> None:
    """Whether the reader hears the same in their own chat, too."""
    chat.keeps_private = on
    await session.flush()


async def set_topic(session: AsyncSession, chat: StaffChat, kind: str, topic: int | None) -> None:
    """The topic of a kind of news (0: the group itself); None forgets it, and a new one is made when needed."""
    if kind not in KINDS:
        raise NotFound
    others = {name: number for name, number in chat.topics.items() if name != kind}
    chat.topics = others if topic is None else {**others, kind: topic}
    await session.flush()


async def move(session: AsyncSession, old: int, new: int) -> None:
    """A group became a supergroup, which is another chat: everything connected to it follows; twice is harmless."""
    mine = select(StaffChat.id).where(StaffChat.chat_id == old)
    if await session.scalar(mine) is None:
        return
    # we may have been told of the new one first
    await changed(session, delete(StaffChat).where(StaffChat.chat_id == new, StaffChat.kinds == ""))
    grown = {"chat_id": new, "type": "supergroup", "broken_at": None, "topics": {}}
    await changed(session, update(StaffChat).where(StaffChat.chat_id == old).values(grown))


def _is_of(chat: StaffChat, whose: Whose) -> bool:
    return whose.owner_id is None or chat.owner_id == whose.owner_id


def _theirs(whose: Whose) -> ColumnElement[bool]:
    return true() if whose.owner_id is None else StaffChat.owner_id == whose.owner_id
