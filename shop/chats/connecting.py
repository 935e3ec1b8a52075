"""Connecting groups and channels: each belongs to one seller or to the whole shop, and says what arrives there."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import StaffChat
from db.writes import changed, insert_once
from shop.notifications.chats import KINDS, TAKES
from shop.notifications.chats import lose as forget
from shop.people import events
from shop.people.permissions import Acting, Permission, ask
from shop.refusals import NotFound, NotPermitted

MOST = 20  # connected by one seller, the newest first
USING = (Permission.ORDERS, Permission.PROMOTION, Permission.CATALOGUE)  # news arrive there, or products are on show


class Seen(Struct, frozen=True):
    """A group or channel as Telegram tells it; `type` is the Bot API's."""

    chat_id: int
    type: str
    title: str
    is_forum: bool = False


async def connect(session: AsyncSession, seen: Seen, by: Acting, *, now: datetime) -> StaffChat:
    """Let the shop into a chat, for a seller or (an operator) for everybody; one that is there already is refreshed.

    Whoever lets it in vouches for who reads there; the seller, who comes after one of their staff, does so instead.
    Raises NotPermitted, NotFound (it is somebody else's).
    """
    acting = ask(by, Permission.ORDERS)
    new = await insert_once(
        session,
        StaffChat,
        chat_id=seen.chat_id,
        type=seen.type,
        title=seen.title[:255],
        is_forum=seen.is_forum,
        owner_id=acting.only,
        reader_id=acting.owner_id,
        created_by=acting.person_id,
        kinds="",
        topics={},
        keeps_private=True,
        created_at=now,
    )
    chat = await find(session, seen.chat_id)
    if chat is None:
        raise NotFound
    begins = new or chat.broken_at is not None
    if not begins and not _is_of(chat, acting):
        raise NotFound(chat_id=seen.chat_id)
    if begins and not _is_of(chat, acting):
        chat.kinds, chat.topics, chat.keeps_private = "", {}, True  # whoever comes next begins anew
    if begins or not acting.is_staff:
        chat.owner_id, chat.reader_id, chat.created_by = acting.only, acting.owner_id, acting.person_id
    if begins and acting.is_staff:
        chat.kinds, chat.keeps_private = _permitted(chat.kinds, acting), True
    chat.type, chat.title, chat.is_forum, chat.broken_at = seen.type, seen.title[:255], seen.is_forum, None
    chat.topics = {kind: topic for kind, topic in chat.topics.items() if topic}  # what could not be made is tried again
    await session.flush()
    if begins:
        _note(session, acting, "chat.connected", chat, {"title": [None, chat.title]}, now)
    return chat


async def find(session: AsyncSession, chat_id: int) -> StaffChat | None:
    """The chat with this Telegram id."""
    return await session.scalar(select(StaffChat).where(StaffChat.chat_id == chat_id))


async def get(session: AsyncSession, staff_chat_id: int, by: Acting) -> StaffChat:
    """One chat that is theirs, and that we are still in. Raises NotPermitted, NotFound."""
    mine = _theirs(ask(by, *USING))
    query = select(StaffChat).where(StaffChat.id == staff_chat_id, StaffChat.broken_at.is_(None), mine)
    chat = await session.scalar(query)
    if chat is None:
        raise NotFound(chat_id=staff_chat_id)
    return chat


async def mine(session: AsyncSession, by: Acting) -> Sequence[StaffChat]:
    """The newest `MOST` chats that are theirs and not lost; an operator's are those of the whole shop and their own."""
    query = select(StaffChat).where(StaffChat.broken_at.is_(None), _theirs(ask(by, *USING)))
    return (await session.scalars(query.order_by(StaffChat.id.desc()).limit(MOST))).all()


async def set_kind(
    session: AsyncSession, staff_chat_id: int, by: Acting, kind: str, *, on: bool, now: datetime
) -> StaffChat:
    """Have news of a kind arrive there, or not: for who may read them. Raises NotPermitted, NotFound (also no kind)."""
    if kind not in KINDS:
        raise NotFound
    acting = ask(by, TAKES[kind])
    chat = await _held(session, staff_chat_id, acting)
    before, now_on = chat.kinds, set(chat.kinds.split(",")) - {"", kind} | ({kind} if on else set())
    chat.kinds = ",".join(each for each in KINDS if each in now_on)
    if acting.person_id == chat.reader_id:
        chat.created_by = acting.person_id  # whose news they are has seen the group, and vouches for it
    await session.flush()
    if chat.kinds != before:
        _note(session, acting, "chat.news_set", chat, {"news": [before, chat.kinds]}, now)
    return chat


async def set_private(session: AsyncSession, staff_chat_id: int, by: Acting, *, on: bool, now: datetime) -> StaffChat:
    """Whether the reader hears the same in their own chat, too: said by the reader. Raises NotPermitted, NotFound."""
    acting = ask(by, Permission.ORDERS)
    if acting.is_staff:
        raise NotPermitted(wanted="owner")
    chat = await _held(session, staff_chat_id, acting)
    before, chat.keeps_private = chat.keeps_private, on
    await session.flush()
    if before is not on:
        _note(session, acting, "chat.private_set", chat, {"private": [before, on]}, now)
    return chat


async def let_go(session: AsyncSession, staff_chat_id: int, by: Acting, *, now: datetime) -> None:
    """Nothing arrives there any more; a seller is told when their staff did it. Raises NotPermitted, NotFound."""
    acting = ask(by, Permission.ORDERS)
    chat = await _held(session, staff_chat_id, acting)
    if await forget(session, chat.id, now=now, quiet=not acting.is_staff, why="disconnected"):
        _note(session, acting, "chat.let_go", chat, {"title": [chat.title, None]}, now)


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


def _is_of(chat: StaffChat, acting: Acting) -> bool:
    return acting.everything or chat.owner_id == acting.owner_id


def _theirs(acting: Acting) -> ColumnElement[bool]:
    return true() if acting.everything else StaffChat.owner_id == acting.owner_id


def _permitted(kinds: str, acting: Acting) -> str:
    return ",".join(kind for kind in KINDS if kind in kinds.split(",") and acting.may(TAKES[kind]))


async def _held(session: AsyncSession, staff_chat_id: int, acting: Acting) -> StaffChat:
    """The chat, its row held until the end: what two people set at a time is both set."""
    query = select(StaffChat).where(StaffChat.id == staff_chat_id, StaffChat.broken_at.is_(None), _theirs(acting))
    chat = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if chat is None:
        raise NotFound(chat_id=staff_chat_id)
    return chat


def _note(
    session: AsyncSession, acting: Acting, action: str, chat: StaffChat, data: dict[str, object], now: datetime
) -> None:
    subject, told = f"chat:{chat.id}", {"chat": chat.title, **data}
    events.write(session, acting.actor, action, subject, owner_id=chat.owner_id, data=told, now=now)
