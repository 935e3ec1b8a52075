"""Products on show in groups and channels: put there once, followed while they stand, taken away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Inventory, Lease, Notification, Post, Product, StaffChat
from db.writes import changed, insert_once
from shop.catalog.categories import TREE
from shop.chats.connecting import get
from shop.people import events
from shop.people.permissions import Acting, Permission, ask
from shop.refusals import NotFound

POST, POST_GONE = "post", "post_gone"  # kinds of notifications: put it there, take it away
SHOWING = (Permission.PROMOTION, Permission.CATALOGUE)
MOST = 10  # of one product on show that a page lists
AFTER_ALL = timedelta(hours=1)  # even what seems unchanged is compared this often
# a change that was written a moment ago may have been dated before we looked and committed after
OVERLAP = timedelta(seconds=30)

_PART = aliased(Product)
_TREE = select(Lease.last_run_at).where(Lease.name == f"queue:{TREE}").scalar_subquery()  # a category may be hidden


async def put(session: AsyncSession, staff_chat_id: int, product_id: int, by: Acting, *, now: datetime) -> bool:
    """Put a product on show in a chat of theirs; False when it stands there already. Raises NotPermitted, NotFound.

    Whose product it is was asked before. Two taps are one post: the row of the chat is held meanwhile.
    """
    acting = ask(by, *SHOWING)
    await get(session, staff_chat_id, acting)
    await session.execute(select(StaffChat.id).where(StaffChat.id == staff_chat_id).with_for_update())
    stands = (Post.staff_chat_id == staff_chat_id, Post.product_id == product_id, Post.gone_at.is_(None))
    if await session.scalar(select(Post.id).where(*stands).limit(1)) is not None:
        return False
    post = Post(
        staff_chat_id=staff_chat_id,
        product_id=product_id,
        posted_by=acting.person_id,
        is_photo=False,
        digest="",
        checked_at=now,
        created_at=now,
    )
    session.add(post)
    await session.flush()
    chat = await session.get_one(StaffChat, staff_chat_id)
    await _tell(session, chat, POST, {"post_id": post.id}, now=now)
    await _note(session, acting, "product.posted", post, {"chat": [None, chat.title]}, now)
    return True


async def take(session: AsyncSession, post_id: int, by: Acting, *, now: datetime) -> int:
    """Take it away, once; the product's id. Raises NotPermitted, NotFound when it is not theirs."""
    acting = ask(by, *SHOWING)
    post = await session.get(Post, post_id)
    if post is None:
        raise NotFound
    chat = await get(session, post.staff_chat_id, acting)
    gone = update(Post).where(Post.id == post_id, Post.gone_at.is_(None)).values(gone_at=now)
    if not await changed(session, gone):
        return post.product_id
    await _note(session, acting, "product.unposted", post, {"chat": [chat.title, None]}, now)
    if post.message_id is not None:
        await _tell(session, chat, POST_GONE, {"post_id": post.id, "message_id": post.message_id}, now=now)
    return post.product_id


async def standing(session: AsyncSession, product_id: int, by: Acting) -> Sequence[tuple[Post, StaffChat]]:
    """Where a product is on show, in chats of theirs: the newest `MOST`."""
    query = (
        select(Post, StaffChat)
        .join(StaffChat, StaffChat.id == Post.staff_chat_id)
        .where(Post.product_id == product_id, Post.gone_at.is_(None), StaffChat.broken_at.is_(None))
        .order_by(Post.id.desc())
        .limit(MOST)
    )
    if not by.everything:
        query = query.where(StaffChat.owner_id == by.owner_id)
    return [(post, chat) for post, chat in (await session.execute(query)).all()]


async def due(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[Post]:
    """Posts whose product (or a variant of it) changed, or whose sale began or ended, or whose tree of categories
    changed, since they were compared.
    """
    parts = (
        select(_PART.id)
        .outerjoin(Inventory, Inventory.product_id == _PART.id)
        .where(
            or_(_PART.id == Post.product_id, _PART.parent_id == Post.product_id),
            or_(
                _PART.updated_at > Post.checked_at,
                Inventory.updated_at > Post.checked_at,
                and_(_PART.sale_from > Post.checked_at, _PART.sale_from <= now),
                and_(_PART.sale_until > Post.checked_at, _PART.sale_until <= now),
            ),
        )
    )
    query = (
        select(Post)
        .join(StaffChat, StaffChat.id == Post.staff_chat_id)
        .where(
            Post.gone_at.is_(None),
            Post.message_id.is_not(None),
            StaffChat.broken_at.is_(None),
            or_(Post.checked_at < now - AFTER_ALL, Post.checked_at < _TREE, exists(parts)),
        )
        .order_by(Post.checked_at, Post.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def note_sent(
    session: AsyncSession, post_id: int, message_id: int, digest: str, *, is_photo: bool, now: datetime
) -> None:
    """It stands there."""
    shown = {"message_id": message_id, "digest": digest, "is_photo": is_photo, "checked_at": now - OVERLAP}
    await changed(session, update(Post).where(Post.id == post_id).values(shown))


async def note_compared(session: AsyncSession, post_id: int, digest: str, *, now: datetime) -> None:
    """It shows this, and the product was as it is at that moment."""
    shown = {"digest": digest, "checked_at": now - OVERLAP}
    await changed(session, update(Post).where(Post.id == post_id).values(shown))


async def note_gone(session: AsyncSession, post_id: int, *, now: datetime) -> None:
    """Somebody deleted it, or it cannot be edited any more: it is forgotten."""
    await changed(session, update(Post).where(Post.id == post_id, Post.gone_at.is_(None)).values(gone_at=now))


async def _note(
    session: AsyncSession, acting: Acting, action: str, post: Post, data: dict[str, object], now: datetime
) -> None:
    owner_id = await session.scalar(select(Product.owner_id).where(Product.id == post.product_id))
    subject = f"product:{post.product_id}"
    events.write(session, acting.actor, action, subject, owner_id=owner_id, data=data, now=now)


async def _tell(session: AsyncSession, chat: StaffChat, kind: str, data: dict[str, Any], *, now: datetime) -> None:
    await insert_once(
        session,
        Notification,
        user_id=chat.reader_id,
        staff_chat_id=chat.id,
        kind=kind,
        data=data,
        dedupe_key=f"{kind}:{data['post_id']}@{chat.id}",
        run_at=now,
        attempts=0,
        created_at=now,
    )
