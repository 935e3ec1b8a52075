"""The e-mail and the password that a person sets for themselves, by which they sign in without the chat."""

import re
from datetime import datetime

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DeskSession, User
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.desk import passwords, sessions, tries
from shop.desk.lasting import Lasting
from shop.desk.sessions import Present
from shop.desk.signing_in import LONGEST_NAME, TooManyTries
from shop.refusals import CannotRead

EMAIL = re.compile(r"[^@\s<>\"'(),;:\\\[\]]{1,64}@[^@\s<>\"'(),;:\\\[\]]+\.[^@\s<>\"'(),;:\\\[\].]{2,}")

log = structlog.get_logger()


async def set_password(
    db: Database,
    present: Present,
    *,
    email: str,
    text: str,
    before: str,
    address: str,
    lasting: Lasting,
    clock: Clock,
) -> str | TooManyTries:
    """Keep both, sign out every browser of this person and sign this one in anew: what its cookie says from now on.

    Whoever did not come by a link a moment ago says the password of `before`. Raises CannotRead (field: email,
    password or before; hint).
    """
    now = clock.now()
    person_id = present.acting.person_id
    if present.signs_in_alone and not present.is_fresh(now):
        later = await db.transact(lambda session: tries.take(session, f"#{person_id}", address, now=now))
        if later is not None:
            return TooManyTries(later)
        async with db.read() as session:
            kept = await session.scalar(select(User.password_hash).where(User.id == person_id))
        if not await passwords.is_right(before, kept):
            raise CannotRead(field="before", hint="wrong")
    written = email.strip().casefold()
    if written and (len(written) > LONGEST_NAME or EMAIL.fullmatch(written) is None):
        raise CannotRead(field="email", hint="unreadable")
    passwords.check(text, about=(written, present.username, present.name))
    hashed = await passwords.hashed(text)
    try:
        return await db.transact(
            lambda session: _keep(session, present, written or None, hashed, lasting=lasting, now=now)
        )
    except IntegrityError:  # somebody took the same address at the same moment
        raise CannotRead(field="email", hint="taken") from None


async def _keep(
    session: AsyncSession, present: Present, email: str | None, hashed: str, *, lasting: Lasting, now: datetime
) -> str:
    person_id = present.acting.person_id
    locked = select(User).where(User.id == person_id).with_for_update().execution_options(populate_existing=True)
    person = (await session.scalars(locked)).one()
    if email is not None:
        others = select(User.id).where(User.email == email, User.id != person_id)
        if await session.scalar(others) is not None:
            raise CannotRead(field="email", hint="taken")
        person.email = email
    person.password_hash = hashed
    person.updated_at = now
    if not await changed(session, delete(DeskSession).where(DeskSession.id == present.session_id)):
        raise CannotRead(field="before", hint="signed_out")
    await changed(session, delete(DeskSession).where(DeskSession.user_id == person_id))
    await tries.forgive(session, f"#{person_id}")
    log.info("desk_password_set", user=person_id)
    return await sessions.open_(session, person_id, present.opened_by, lasting, now=now)
