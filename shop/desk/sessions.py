"""Who is signed in: opened, looked at with every request, moved on while the person works, and ended."""

import secrets
from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Ban, DeskSession, Role, SignedInBy, StaffMember, User
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed
from shop.desk.lasting import FRESH, Lasting
from shop.desk.links import SECRET, hashed
from shop.people.bans import EVERY_SELLER
from shop.people.permissions import EMPLOYER, WORKS, Acting, Employment, Permission, acts_as

MOST = 10  # of one person: browsers that they forgot to leave
MOVED_ON = 10  # an idle time is moved on after this part of it, not with every look

_BANNED = exists().where(
    Ban.user_id == User.id, (Ban.seller_id == EVERY_SELLER) | (Ban.seller_id == StaffMember.owner_id)
)
_PERSON = (User.id, User.telegram_id, User.role, User.name, User.username, User.language, User.email)
_LOOK = PreparedRead(
    select(
        DeskSession.id,
        DeskSession.opened_by,
        DeskSession.created_at,
        DeskSession.expires_at,
        DeskSession.ends_at,
        User.password_hash.is_not(None),
        _BANNED,
        *_PERSON,
        *WORKS,
    )
    .select_from(DeskSession)
    .join(User, User.id == DeskSession.user_id)
    .outerjoin(StaffMember, StaffMember.user_id == User.id)
    .outerjoin(EMPLOYER, EMPLOYER.id == StaffMember.owner_id)
    .where(DeskSession.token_hash == bindparam("hash"), DeskSession.expires_at > bindparam("now"))
)


class Present(Struct, frozen=True, kw_only=True):
    """Somebody who is signed in, as of this request: who they are, and what they may do now."""

    session_id: int
    opened_by: SignedInBy
    opened_at: datetime
    acting: Acting
    name: str
    username: str | None
    language: str | None
    email: str | None
    signs_in_alone: bool
    is_operator: bool

    def may(self, *wanted: Permission) -> bool:
        """Whether any of these is permitted."""
        return self.acting.may(*wanted)

    def is_fresh(self, now: datetime) -> bool:
        """Whether they came by a link a moment ago, and so have just shown that the chat is theirs."""
        return self.opened_by is SignedInBy.LINK and now - self.opened_at < FRESH


async def open_(session: AsyncSession, user_id: int, by: SignedInBy, lasting: Lasting, *, now: datetime) -> str:
    """Sign a person in: what the cookie says. Beyond ten browsers the one of longest ago is signed out."""
    kept = select(DeskSession.id).where(DeskSession.user_id == user_id).order_by(DeskSession.id.desc())
    last = await session.scalar(kept.offset(MOST - 2).limit(1))
    if last is not None:
        await changed(session, delete(DeskSession).where(DeskSession.user_id == user_id, DeskSession.id < last))
    secret = secrets.token_urlsafe(SECRET)
    expires_at, ends_at = lasting.from_(now)
    values = {"user_id": user_id, "opened_by": by, "created_at": now, "expires_at": expires_at, "ends_at": ends_at}
    session.add(DeskSession(token_hash=hashed(secret), **values))
    await session.flush()
    return secret


async def end_older(session: AsyncSession, user_id: int, by: SignedInBy, *, keep: int) -> None:
    """Sign a person out where they came in this way, but for the newest so many."""
    mine = (DeskSession.user_id == user_id, DeskSession.opened_by == by)
    query = select(DeskSession.id).where(*mine).order_by(DeskSession.id.desc())
    last = await session.scalar(query.offset(keep).limit(1))
    if last is not None:
        await changed(session, delete(DeskSession).where(*mine, DeskSession.id <= last))


async def watch(db: Database, cookie: str, *, operators: Collection[int], now: datetime) -> Present | None:
    """The same as `look` for a page that asks by itself: that it is open keeps nobody signed in."""
    return await look(db, cookie, None, operators=operators, now=now)


async def look(
    db: Database, cookie: str, lasting: Lasting | None, *, operators: Collection[int], now: datetime
) -> Present | None:
    """Who is there, with the rights that they have at this moment. One statement, rarely another.

    None: signed out, too long ago, dismissed, without any permission, or banned.
    """
    rows = await db.look(_LOOK, {"hash": hashed(cookie), "now": now})
    if not rows:
        return None
    number, by, opened_at, expires_at, ends_at, signs_in_alone, banned, *more = rows[0]
    person, works = more[: len(_PERSON)], more[len(_PERSON) :]
    acting = _acting(person, works, operators)
    if banned or not acting.may(*Permission):
        return None
    if lasting is not None:
        wanted = min(now + lasting.idle, ends_at)
        if wanted - expires_at > lasting.idle / MOVED_ON:
            await db.transact(lambda session: _move_on(session, number, wanted, now))
    _, telegram_id, _, name, username, language, email = person
    return Present(
        session_id=number,
        opened_by=by,
        opened_at=opened_at,
        acting=acting,
        name=name,
        username=username,
        language=language,
        email=email,
        signs_in_alone=bool(signs_in_alone),
        is_operator=telegram_id in operators,
    )


def _acting(person: list[object], works: list[object], operators: Collection[int]) -> Acting:
    user = User(id=person[0], telegram_id=person[1], role=person[2])
    is_owner = user.role is Role.ADMIN or user.telegram_id in operators
    employment = None if works[0] is None else Employment(*works)  # type: ignore[arg-type]  # columns in its order
    return acts_as(user, employment, is_owner=is_owner, operators=operators)


async def _move_on(session: AsyncSession, session_id: int, until: datetime, now: datetime) -> None:
    mine = (DeskSession.id == session_id, DeskSession.expires_at > now)
    await changed(session, update(DeskSession).where(*mine).values(expires_at=until))


async def end(session: AsyncSession, cookie: str) -> None:
    """Sign out in this browser."""
    await changed(session, delete(DeskSession).where(DeskSession.token_hash == hashed(cookie)))


async def may_enter(session: AsyncSession, user_id: int, *, operators: Collection[int]) -> bool:
    """Whether there is anything for this person to do at the desk. One statement."""
    query = select(_BANNED, *_PERSON, *WORKS).select_from(User).outerjoin(StaffMember, StaffMember.user_id == User.id)
    row = (
        await session.execute(query.outerjoin(EMPLOYER, EMPLOYER.id == StaffMember.owner_id).where(User.id == user_id))
    ).one_or_none()
    if row is None or row[0]:
        return False
    person, works = list(row[1 : 1 + len(_PERSON)]), list(row[1 + len(_PERSON) :])
    return _acting(person, works, operators).may(*Permission)
