"""People: who just spoke, and who can be reached."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import Role, User
from db.writes import changed, insert_once
from shop.notifications.outbox import revive

NAME_LENGTH = 128
LANGUAGE_LENGTH = 16
SEEN_EVERY = timedelta(days=1)  # so exactly is noted when somebody was here: one write a day

_BY_TELEGRAM_ID = select(User).where(User.telegram_id == bindparam("telegram_id"))


async def find_by_telegram_id(session: AsyncSession, telegram_id: int) -> User | None:
    """The person with this Telegram id, if we have met."""
    return await session.scalar(_BY_TELEGRAM_ID, {"telegram_id": telegram_id})


async def find_by_username(session: AsyncSession, username: str) -> User | None:
    """The person with this @username (without the @), in any case, if we have met."""
    return await session.scalar(select(User).where(User.username_folded == fold(username)))


def is_current(user: User, *, username: str | None, name: str, now: datetime) -> bool:
    """Whether `recognise` would have nothing to write: the quick way for the many updates of a known person."""
    lately = user.seen_at is not None and now - user.seen_at < SEEN_EVERY
    return lately and user.reachable and user.username == (username or None) and user.name == name[:NAME_LENGTH]


async def recognise(
    session: AsyncSession, *, telegram_id: int, username: str | None, name: str, language: str | None, now: datetime
) -> User:
    """The person who spoke, written down when new and brought up to date when renamed; they can be reached again.

    What could not reach them is told now. A username that moved to another person moves here too, in whatever case it
    is written: Telegram's names know none. A language is only noted while none was chosen.
    """
    user = await find_by_telegram_id(session, telegram_id)
    if user is not None and is_current(user, username=username, name=name, now=now):
        return user
    if user is None:
        unknown = {"telegram_id": telegram_id, "name": "", "role": Role.CUSTOMER, "reachable": True}
        await insert_once(session, User, **unknown, created_at=now, updated_at=now)
        user = (await session.scalars(select(User).where(User.telegram_id == telegram_id))).one()
    if username:
        elsewhere = update(User).where(User.username_folded == fold(username), User.id != user.id)
        await changed(session, elsewhere.values(username=None, username_folded=None, updated_at=now))
    user.username = username or None
    user.name = name[:NAME_LENGTH]
    user.language = user.language or (language[:LANGUAGE_LENGTH] if language else None)
    if not user.reachable:
        user.reachable = True
        await revive(session, user.id, now=now)
    user.updated_at = user.seen_at = now
    await session.flush()
    return user


async def set_dark_charts(session: AsyncSession, user_id: int, *, dark: bool, now: datetime) -> None:
    """Draw charts for this person on a dark ground from now on, or on a light one."""
    values = {"dark_charts": dark, "updated_at": now}
    await changed(session, update(User).where(User.id == user_id).values(values))


async def set_language(session: AsyncSession, user_id: int, language: str, *, now: datetime) -> None:
    """Speak this language (BCP 47) to the person from now on."""
    values = {"language": language[:LANGUAGE_LENGTH], "updated_at": now}
    await changed(session, update(User).where(User.id == user_id).values(values))
