"""Keeps products on show up to date: each post that changed is edited, within the flood limits of its chat."""

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.routing.router import Router
from bot.routing.sights import digest
from bot.routing.visit import House
from bot.sending.api import pause
from bot.sending.in_chats import Chats, is_lost
from bot.sending.limits import FloodLimit
from bot.sending.reply import Screen
from db.models import Notification, Post, StaffChat, User
from shop import chats as staff_chats
from shop.chats import posts

AT_ONCE = 15  # of one round: less than a group takes in a minute, so that news find room between

log = structlog.get_logger()


class Posting:
    """Compares posts with their products; one replica at a time does it."""

    def __init__(self, house: House, router: Router, chats: Chats, limit: FloodLimit) -> None:
        self._house = house
        self._router = router
        self._chats = chats
        self._limit = limit

    async def follow(self) -> int:
        """Bring those that are due up to date; how many were edited."""
        now = self._house.clock.now()
        async with self._house.db.read() as session:
            due = await posts.due(session, now=now, limit=AT_ONCE)
        edited = 0
        for post in due:
            try:
                edited += await self._bring(post)
            except RetryAfter as error:
                await self._limit.hold(pause(error))
                return edited
            except NetworkError as error:
                if isinstance(error, BadRequest):
                    raise
                log.info("posts_wait", error=str(error))
                return edited
        return edited

    async def _bring(self, post: Post) -> bool:
        db, now = self._house.db, self._house.clock.now()
        async with db.read() as session:
            chat = await session.get_one(StaffChat, post.staff_chat_id)
            reader = await session.get_one(User, chat.reader_id)
        visit = self._house.visit(reader, reader.telegram_id or 0)
        told = Notification(kind=posts.POST, data={"post_id": post.id}, user_id=reader.id)
        screen = await self._router.notices[posts.POST].handle(visit, told)
        if not isinstance(screen, Screen) or post.message_id is None:
            return False
        shown = digest(screen)
        stands, changed = True, shown != post.digest
        if changed:
            try:
                stands = await self._chats.edit(chat.chat_id, post.message_id, screen, is_photo=post.is_photo)
            except ChatMigrated as moved:
                new = moved.new_chat_id
                await db.transact(lambda session: staff_chats.move(session, chat.chat_id, new))
                return False
            except (Forbidden, BadRequest) as error:
                if is_lost(error):
                    await db.transact(lambda session: staff_chats.lose(session, chat.id, now=now))
                    return False
                log.warning("post_not_edited", post_id=post.id, error=error.message)
                stands = False
        if not stands:
            await db.transact(lambda session: posts.note_gone(session, post.id, now=now))
            return False
        await db.transact(lambda session: posts.note_compared(session, post.id, shown, now=now))
        return changed
