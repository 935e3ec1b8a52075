"""Signing in: by a link out of the chat, or by a name and a password, which are asked for and answered alike."""

from collections.abc import Collection
from datetime import datetime

import structlog
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import SignedInBy, User
from db.session import Database
from shop.clock import Clock
from shop.desk import links, passwords, sessions, tries
from shop.desk.lasting import Lasting

PHONES = 3  # with Telegram on them, of one person, at which the desk is open at once
LONGEST_NAME = 191  # letters of what somebody signs in as

log = structlog.get_logger()


class TooManyTries(Struct, frozen=True):
    """There were too many wrong passwords: when the next one may be tried."""

    again_at: datetime


async def by_link(
    session: AsyncSession, secret: str, lasting: Lasting, *, operators: Collection[int], now: datetime
) -> str | None:
    """What the cookie says from now on; None when the link does not count, or for who has nothing to do here."""
    user_id = await links.use(session, secret, now=now)
    if user_id is None or not await sessions.may_enter(session, user_id, operators=operators):
        return None
    log.info("desk_signed_in", by="link", user=user_id)
    return await sessions.open_(session, user_id, SignedInBy.LINK, lasting, now=now)


async def by_telegram(
    session: AsyncSession, telegram_id: int, lasting: Lasting, *, operators: Collection[int], now: datetime
) -> str | None:
    """What the cookie says from now on; None for who has nothing to do here.

    That it is this person was found out already: Telegram said so. Each time that they open the desk in Telegram they
    are signed in anew, and those of before are ended: browsers in which they signed in otherwise are not.
    """
    # held until the end: whoever is dismissed at this moment is signed out after it
    user_id = await session.scalar(select(User.id).where(User.telegram_id == telegram_id).with_for_update())
    if user_id is None or not await sessions.may_enter(session, user_id, operators=operators):
        return None
    log.info("desk_signed_in", by="telegram", user=user_id)
    await sessions.end_older(session, user_id, SignedInBy.TELEGRAM, keep=PHONES - 1)
    return await sessions.open_(session, user_id, SignedInBy.TELEGRAM, lasting, now=now)


async def by_password(
    db: Database,
    name: str,
    text: str,
    *,
    address: str,
    lasting: Lasting,
    operators: Collection[int],
    clock: Clock,
) -> str | TooManyTries | None:
    """What the cookie says from now on. None is the one answer to everything that is wrong, after the same time.

    `name`: an e-mail or a username; `address`: where the browser is. Writes the try, compares, writes the session.
    """
    asked = name.strip().removeprefix("@").casefold()[: LONGEST_NAME + 1]
    now = clock.now()
    later = await db.transact(lambda session: tries.take(session, asked, address, now=now))
    if later is not None:
        log.warning("desk_tried_too_often", address=address)
        return TooManyTries(later)
    async with db.read() as session:
        person = await _find(session, asked)
    kept = None if person is None else person.password_hash
    right = await passwords.is_right(text, kept)
    if not right or person is None:
        log.warning("desk_sign_in_refused", address=address)
        return None
    person_id = person.id

    async def enter(session: AsyncSession) -> str | None:
        # held until the end: whoever sets another password, or is dismissed, at this moment is signed out after it
        locked = select(User).where(User.id == person_id).with_for_update().execution_options(populate_existing=True)
        row = await session.scalar(locked)
        if row is None or row.password_hash != kept:
            return None
        if not await sessions.may_enter(session, person_id, operators=operators):
            return None
        await tries.forgive(session, asked)
        return await sessions.open_(session, person_id, SignedInBy.PASSWORD, lasting, now=now)

    cookie = await db.transact(enter)
    if cookie is not None:
        log.info("desk_signed_in", by="password", user=person_id)
    return cookie


async def _find(session: AsyncSession, name: str) -> User | None:
    if not name or len(name) > LONGEST_NAME:
        return None
    column = User.email == name if "@" in name else User.username_folded == fold(name)
    return await session.scalar(select(User).where(column))
