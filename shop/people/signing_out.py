"""Signing out somebody for good: what ends when a person sells here no more, works here no more or is kept away."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DeskLink, DeskSession
from db.writes import changed


async def sign_out(session: AsyncSession, people: Collection[int]) -> None:
    """End every session of these people (users' ids) at the desk, and the links that would open another."""
    await changed(session, delete(DeskSession).where(DeskSession.user_id.in_(people)))
    await changed(session, delete(DeskLink).where(DeskLink.user_id.in_(people)))
