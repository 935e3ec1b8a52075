"""People: who just spoke, who sells, who can be reached."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import AdminEvent, Role, User
from db.writes import changed, insert_once
from shop.outbox import revive
from shop.refusals import NotFound

NAME_LENGTH = 128
LANGUAGE_LENGTH = 16

_BY_TELEGRAM_ID = select(User).where(User.telegram_id == bindparam("telegram_id"))


async def find_by_telegram_id(session: AsyncSession, telegram_id: int) -> User | None:
    """The person with this Telegram id, if we have met."""
    return await session.scalar(_BY_TELEGRAM_ID, {"telegram_id": telegram_id})


async def find_by_username(session: AsyncSession, username: str) -> User | None:
    """The person with this @username (without the @), in any case, if we have met."""
    return await session.scalar(select(User).where(User.username_folded == fold(username)).limit(1))


def is_current(user: User, *, username: str | None, name: str) -> bool:
    """Whether `recognise` would have nothing to write: the quick way for the many updates of a known person."""
    return user.reachable and user.username == (username or None) and user.name == name[:NAME_LENGTH]


async def recognise(
    session: AsyncSession, *, telegram_id: int, username: str | None, name: str, language: str | None, now: datetime
) -> User:
    """The person who spoke, written down when new and brought up to date when renamed; they can be reached again.

    What could not reach them is told now. A username that moved to another person moves here too. A language is only
    noted while none was chosen.
    """
    user = await find_by_telegram_id(session, telegram_id)
    if user is not None and is_current(user, username=username, name=name):
        return user
    if user is None:
        unknown = {"telegram_id": telegram_id, "name": "", "role": Role.CUSTOMER, "reachable": True}
        await insert_once(session, User, **unknown, created_at=now, updated_at=now)
        user = (await session.scalars(select(User).where(User.telegram_id == telegram_id))).one()
    if username:
        elsewhere = update(User).where(User.username == username, User.id != user.id)
        await changed(session, elsewhere.values(username=None, username_folded=None, updated_at=now))
    user.username = username or None
    user.name = name[:NAME_LENGTH]
    user.language = user.language or (language[:LANGUAGE_LENGTH] if language else None)
    if not user.reachable:
        user.reachable = True
        await revive(session, user.id, now=now)
    user.updated_at = now
    await session.flush()
    return user


async def set_language(session: AsyncSession, user_id: int, language: str, *, now: datetime) -> None:
    """Speak this language (BCP 47) to the person from now on."""
    values = {"language": language[:LANGUAGE_LENGTH], "updated_at": now}
    await changed(session, update(User).where(User.id == user_id).values(values))


async def appoint(session: AsyncSession, *, operator: User, telegram_id: int, now: datetime) -> User:
    """Let a person sell; somebody we have not met yet is written down, and may sell from their first word on."""
    await insert_once(
        session,
        User,
        telegram_id=telegram_id,
        name="",
        role=Role.ADMIN,
        reachable=True,
        created_at=now,
        updated_at=now,
    )
    return await _give_role(session, Role.ADMIN, "appoint", operator, telegram_id, now)


async def dismiss(session: AsyncSession, *, operator: User, telegram_id: int, now: datetime) -> User:
    """Let a person sell no more; their products and orders stay. Raises NotFound."""
    return await _give_role(session, Role.CUSTOMER, "dismiss", operator, telegram_id, now)


async def list_owners(session: AsyncSession) -> list[User]:
    """Everybody who sells, in the order in which they came."""
    return list(await session.scalars(select(User).where(User.role == Role.ADMIN).order_by(User.id)))


async def _give_role(
    session: AsyncSession, role: Role, action: str, operator: User, telegram_id: int, now: datetime
) -> User:
    user = await find_by_telegram_id(session, telegram_id)
    if user is None:
        raise NotFound(telegram_id=telegram_id)
    user.role = role
    user.updated_at = now
    session.add(
        AdminEvent(actor=f"operator:{operator.id}", action=action, subject=f"user:{user.id}", data={}, created_at=now)
    )
    await session.flush()
    return user
