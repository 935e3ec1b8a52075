"""A seller's staff: taken in by a link that counts once, given permissions, and let go."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Ban, Invitation, Role, StaffMember, User
from db.models.staff import granted, names_of, written
from db.writes import changed, insert_once
from shop.notifications.chats import lose_those_of
from shop.notifications.outbox import enqueue
from shop.people import events, staff
from shop.people.leaving import forget_unread
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import InvitationOver, NotFound, NotPermitted, TooMany

LIVES = timedelta(days=7)
MOST = 100  # members of one staff
MOST_OPEN = 20  # invitations of one seller that nobody has used yet
SECRET = 24  # bytes of a link's secret


class Member(Struct, frozen=True):
    """Somebody of a staff, and what they may do."""

    person: User
    permissions: frozenset[Permission]


class Offer(Struct, frozen=True):
    """What an invitation leads to: whose staff, with which permissions; None: to sell here oneself."""

    inviter: User
    permissions: frozenset[Permission] | None


async def members(session: AsyncSession, by: By, *, after: int = 0, limit: int = 9) -> list[Member]:
    """The seller's staff in the order of their ids, those beyond a user's id. One statement."""
    query = select(User, StaffMember.permissions).join(StaffMember, StaffMember.user_id == User.id)
    mine = query.where(StaffMember.owner_id == _owning(by).owner_id, StaffMember.user_id > after)
    rows = await session.execute(mine.order_by(StaffMember.user_id).limit(limit))
    return [Member(row[0], granted(row[1])) for row in rows]


async def member(session: AsyncSession, by: By, user_id: int) -> Member:
    """One of the seller's staff. Raises NotFound."""
    found = await members(session, by, after=user_id - 1, limit=1)
    if not found or found[0].person.id != user_id:
        raise NotFound(user_id=user_id)
    return found[0]


async def invitations(session: AsyncSession, by: By, *, now: datetime) -> Sequence[Invitation]:
    """What was sent out and nobody has used yet, newest first. One statement."""
    query = select(Invitation).where(*_open(_owning(by).owner_id, now))
    return list(await session.scalars(query.order_by(Invitation.id.desc()).limit(MOST_OPEN)))


async def invite(
    session: AsyncSession, by: By, permissions: frozenset[Permission] | None, *, now: datetime
) -> tuple[int, str]:
    """Make an invitation: its id, and its secret, which is kept nowhere. None lets a person sell (operators alone).

    Raises NotPermitted, TooMany (so many are open, or on the staff, already).
    """
    acting = _owning(by)
    if permissions is None and not acting.everything:
        raise NotPermitted(wanted="operator")
    waiting = await session.scalar(select(func.count()).where(*_open(acting.owner_id, now))) or 0
    employed = await _count(session, acting.owner_id)
    if waiting >= MOST_OPEN or waiting + employed >= MOST:
        raise TooMany(limit=MOST_OPEN if waiting >= MOST_OPEN else MOST)
    secret = secrets.token_urlsafe(SECRET)
    invitation = Invitation(
        token_hash=_hashed(secret),
        owner_id=acting.owner_id,
        permissions=None if permissions is None else written(permissions),
        actor=acting.actor,
        created_at=now,
        expires_at=now + LIVES,
    )
    session.add(invitation)
    await session.flush()
    data = {"permissions": [None, names_of(permissions)]}
    subject = f"invitation:{invitation.id}"
    events.write(session, acting.actor, "staff.invited", subject, owner_id=acting.owner_id, data=data, now=now)
    return invitation.id, secret


async def take_back(session: AsyncSession, by: By, invitation_id: int, *, now: datetime) -> None:
    """Let an invitation count no more; one that is over stays over. Raises NotFound when it is not theirs."""
    acting = _owning(by)
    mine = (Invitation.id == invitation_id, Invitation.owner_id == acting.owner_id)
    if await session.scalar(select(Invitation.id).where(*mine)) is None:
        raise NotFound
    if await changed(session, update(Invitation).where(*mine, Invitation.ended_at.is_(None)).values(ended_at=now)):
        subject, data = f"invitation:{invitation_id}", {"open": [True, False]}
        events.write(session, acting.actor, "staff.uninvited", subject, owner_id=acting.owner_id, data=data, now=now)


async def look(session: AsyncSession, person: User, secret: str, *, operators: Collection[int], now: datetime) -> Offer:
    """What this person is invited to. Raises InvitationOver: used, taken back, too old, or not for this person."""
    query = select(Invitation, User).join(User, User.id == Invitation.owner_id)
    row = (await session.execute(query.where(Invitation.token_hash == _hashed(secret)))).one_or_none()
    if row is None or row[0].ended_at is not None or row[0].expires_at <= now:
        raise InvitationOver(why="over")
    invitation, inviter = row[0], row[1]
    if invitation.permissions is None:
        valid = inviter.telegram_id in operators
    else:
        valid = inviter.role is Role.ADMIN or inviter.telegram_id in operators
    if not valid:
        raise InvitationOver(why="over")
    await _must_be_free(session, person, inviter, operators=operators)
    return Offer(inviter, None if invitation.permissions is None else granted(invitation.permissions))


async def accept(
    session: AsyncSession, person_id: int, secret: str, *, operators: Collection[int], now: datetime
) -> Offer:
    """Join the staff, or become a seller; the invitation counts no more. Raises InvitationOver."""
    # held until the end: who is made a seller at the same moment works for nobody
    locked = select(User).where(User.id == person_id).with_for_update().execution_options(populate_existing=True)
    person = (await session.scalars(locked)).one()
    offer = await look(session, person, secret, operators=operators, now=now)
    mine = update(Invitation).where(
        Invitation.token_hash == _hashed(secret), Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    if not await changed(session, mine.values(ended_at=now, used_by=person.id)):
        raise InvitationOver(why="over")
    if offer.permissions is None:
        if person.telegram_id is None:
            raise InvitationOver(why="over")
        await staff.appoint(session, operator=offer.inviter, telegram_id=person.telegram_id, now=now)
        return offer
    owner_id, actor = offer.inviter.id, f"staff:{person.id}"
    values = {"owner_id": owner_id, "permissions": written(offer.permissions), "actor": actor, "created_at": now}
    if not await insert_once(session, StaffMember, user_id=person.id, **values):
        raise InvitationOver(why="employed")
    data = {"permissions": [None, names_of(offer.permissions)]}
    event = events.write(session, actor, "staff.joined", f"user:{person.id}", owner_id=owner_id, data=data, now=now)
    await session.flush()
    told = {"user_id": person.id, "name": person.name}
    await enqueue(
        session, user_id=owner_id, kind="staff_joined", data=told, dedupe_key=f"staff_joined:{event.id}", now=now
    )
    return offer


async def permit(
    session: AsyncSession, by: By, user_id: int, permission: Permission, *, allowed: bool, now: datetime
) -> Member:
    """Let one of the staff do this, or not any more; said twice, it is said once. Raises NotFound."""
    acting = _owning(by)
    mine = (StaffMember.user_id == user_id, StaffMember.owner_id == acting.owner_id)
    locked = select(StaffMember).where(*mine).with_for_update().execution_options(populate_existing=True)
    row = await session.scalar(locked)
    if row is None:
        raise NotFound(user_id=user_id)
    before = granted(row.permissions)
    after = before | {permission} if allowed else before - {permission}
    if after != before:
        row.permissions = written(after)
        data = {"permissions": [names_of(before), names_of(after)]}
        subject = f"user:{user_id}"
        events.write(session, acting.actor, "staff.permitted", subject, owner_id=acting.owner_id, data=data, now=now)
        await session.flush()
    return Member(await session.get_one(User, user_id), after)


async def let_go(session: AsyncSession, by: By, user_id: int, *, now: datetime) -> User:
    """Somebody works here no more, and reads nothing from now on: no question, no form, no news. Raises NotFound."""
    acting = _owning(by)
    gone = await member(session, acting, user_id)
    mine = (StaffMember.user_id == user_id, StaffMember.owner_id == acting.owner_id)
    if not await changed(session, delete(StaffMember).where(*mine)):
        raise NotFound(user_id=user_id)
    await forget_unread(session, gone.person, now=now)
    await lose_those_of(session, acting.owner_id, user_id, now=now)
    data = {"permissions": [names_of(gone.permissions), None]}
    subject = f"user:{user_id}"
    event = events.write(session, acting.actor, "staff.let_go", subject, owner_id=acting.owner_id, data=data, now=now)
    await session.flush()
    key = f"staff_let_go:{event.id}"
    await enqueue(session, user_id=user_id, kind="staff_let_go", data={}, dedupe_key=key, now=now)
    return gone.person


async def leave(session: AsyncSession, acting: Acting, *, now: datetime) -> None:
    """Go by oneself: the same as being let go, and the seller hears of it. Raises NotFound: they work for nobody."""
    mine = (StaffMember.user_id == acting.person_id, StaffMember.owner_id == acting.owner_id)
    permissions = await session.scalar(select(StaffMember.permissions).where(*mine))
    if permissions is None or not await changed(session, delete(StaffMember).where(*mine)):
        raise NotFound(user_id=acting.person_id)
    person = await session.get_one(User, acting.person_id)
    await forget_unread(session, person, now=now)
    await lose_those_of(session, acting.owner_id, person.id, now=now)
    data = {"permissions": [names_of(granted(permissions)), None]}
    subject, actor = f"user:{person.id}", f"staff:{person.id}"
    event = events.write(session, actor, "staff.left", subject, owner_id=acting.owner_id, data=data, now=now)
    await session.flush()
    told, key = {"name": person.name}, f"staff_left:{event.id}"
    await enqueue(session, user_id=acting.owner_id, kind="staff_left", data=told, dedupe_key=key, now=now)


def _owning(by: By) -> Acting:
    """Who acts, if it is their own shop. Raises NotPermitted: staff choose no staff."""
    acting = ask(by, *Permission)
    if acting.is_staff:
        raise NotPermitted(wanted="owner")
    return acting


async def _must_be_free(session: AsyncSession, person: User, inviter: User, *, operators: Collection[int]) -> None:
    if person.id == inviter.id or person.role is Role.ADMIN or person.telegram_id in operators:
        raise InvitationOver(why="sells")
    banned = select(Ban.id).where(Ban.user_id == person.id, Ban.seller_id.in_((0, inviter.id))).limit(1)
    if await session.scalar(banned) is not None:
        raise InvitationOver(why="over")
    if await session.scalar(select(StaffMember.user_id).where(StaffMember.user_id == person.id)) is not None:
        raise InvitationOver(why="employed")


async def _count(session: AsyncSession, owner_id: int) -> int:
    return await session.scalar(select(func.count()).where(StaffMember.owner_id == owner_id)) or 0


def _open(owner_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Invitation.owner_id == owner_id, Invitation.ended_at.is_(None), Invitation.expires_at > now)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
