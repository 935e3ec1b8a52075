"""A link out of the chat signs one person in, once, for ten minutes; of its secret only the hash is kept."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DeskLink
from db.writes import changed, insert_once
from shop.desk.lasting import LINK
from shop.people.permissions import By, Permission, ask

SECRET = 32  # bytes


async def make(session: AsyncSession, by: By, *, now: datetime) -> str:
    """The secret of a new link; those made before count no more. Raises NotPermitted: who sees to nothing here."""
    person_id = ask(by, *Permission).person_id
    await changed(session, delete(DeskLink).where(DeskLink.user_id == person_id))
    secret = secrets.token_urlsafe(SECRET)
    values = {"token_hash": hashed(secret), "created_at": now, "expires_at": now + LINK, "used_at": None}
    if not await insert_once(session, DeskLink, user_id=person_id, **values):
        # asked for twice at once: the later one counts
        await changed(session, update(DeskLink).where(DeskLink.user_id == person_id).values(values))
    return secret


async def whose(session: AsyncSession, secret: str, *, now: datetime) -> int | None:
    """Whom a link would sign in (a user's id); None for one that does not count. One statement."""
    valid = (DeskLink.token_hash == hashed(secret), DeskLink.used_at.is_(None), DeskLink.expires_at > now)
    return await session.scalar(select(DeskLink.user_id).where(*valid))


async def use(session: AsyncSession, secret: str, *, now: datetime) -> int | None:
    """The same, and from now on it counts no more: of many who use it at once, one is told."""
    valid = (DeskLink.token_hash == hashed(secret), DeskLink.used_at.is_(None), DeskLink.expires_at > now)
    if not await changed(session, update(DeskLink).where(*valid).values(used_at=now)):
        return None
    return await session.scalar(select(DeskLink.user_id).where(DeskLink.token_hash == hashed(secret)))


def hashed(secret: str) -> str:
    """What is kept of a secret that was drawn at random: it cannot be guessed, so a quick hash serves."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
