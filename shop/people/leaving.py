"""Who works for a seller no more: what they were asked, what they began and what they would have read ends."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Invitation, Notification, StaffMember, User
from db.models.staff import granted, names_of
from db.writes import changed
from shop.forms import dialogs
from shop.notifications.sellers import SELLER_NEWS
from shop.people import events
from shop.people.signing_out import sign_out

FORMS = ("add_product",)  # forms of a seller's that would wait for who is let go


async def dissolve(session: AsyncSession, owner_id: int, actor: str, *, now: datetime) -> None:
    """Who sold here sells no more: their staff goes with them, and their invitations count for nothing."""
    ended = update(Invitation).where(Invitation.owner_id == owner_id, Invitation.ended_at.is_(None))
    await changed(session, ended.values(ended_at=now))
    query = select(User, StaffMember.permissions).join(StaffMember, StaffMember.user_id == User.id)
    for person, before in (await session.execute(query.where(StaffMember.owner_id == owner_id))).all():
        data = {"permissions": [names_of(granted(before)), None]}
        events.write(session, actor, "staff.let_go", f"user:{person.id}", owner_id=owner_id, data=data, now=now)
        await forget_unread(session, person, now=now)
    await changed(session, delete(StaffMember).where(StaffMember.owner_id == owner_id))


async def forget_unread(session: AsyncSession, person: User, *, now: datetime) -> None:
    """End what a person was asked and what waits for them as a seller's staff, and where they are signed in."""
    await sign_out(session, [person.id])
    await dialogs.finish(session, person)
    for kind in FORMS:
        await dialogs.forget(session, person, kind)
    unread = (Notification.user_id == person.id, Notification.sent_at.is_(None), Notification.kind.in_(SELLER_NEWS))
    await changed(session, update(Notification).where(*unread).values(dead_at=now, error="works here no more"))
