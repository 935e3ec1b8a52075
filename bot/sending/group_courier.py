"""Brings news into staff groups: each kind into its topic, worded as their reader reads them."""

from telegram.error import BadRequest, ChatMigrated

from bot.routing.following import Following
from bot.routing.in_groups import for_group
from bot.routing.router import Router
from bot.routing.sights import Sights, digest
from bot.routing.visit import House, Visit
from bot.screens.selling.chats.buttons import NAMES
from bot.sending.in_chats import Chats, is_topic_gone
from bot.sending.reply import Reply, Screen, Several
from db.models import Notification, StaffChat
from shop import chats as staff_chats
from shop.chats import posts
from shop.notifications import chats as group_news
from shop.notifications.chats import KIND_OF
from shop.orders.sights import FOLLOWS
from shop.ports import Undeliverable
from shop.refusals import NotFound


class GroupCourier:
    """The part of the courier that knows groups."""

    def __init__(self, house: House, router: Router, chats: Chats, sights: Sights, following: Following) -> None:
        self._house = house
        self._router = router
        self._chats = chats
        self._sights = sights
        self._following = following

    async def deliver(self, visit: Visit, notification: Notification) -> int | None:
        """Send it, or bring what stands there up to date; the id of the last message. Raises telegram.error.

        A group that has become another chat is found there the next time.
        """
        async with self._house.db.read() as session:
            chat = await session.get(StaffChat, notification.staff_chat_id)
        if chat is None or chat.broken_at is not None:
            return None
        try:
            if notification.kind == posts.POST_GONE:
                await self._chats.delete(chat.chat_id, int(notification.data["message_id"]))
                return None
            kind = "new_order" if notification.kind == FOLLOWS else notification.kind
            if not await self._may_hear(chat, kind):
                await self._send_home(notification)
                return None
            if notification.kind == FOLLOWS:
                await self._following.bring(visit, int(notification.data["order_id"]), chat)
                return None
            return await self._tell(visit, notification, chat)
        except ChatMigrated as moved:
            new = moved.new_chat_id
            await self._house.db.transact(lambda session: staff_chats.move(session, chat.chat_id, new))
            raise

    async def _may_hear(self, chat: StaffChat, kind: str) -> bool:
        async with self._house.db.read() as session:
            return await group_news.may_hear(session, chat.id, kind)

    async def _send_home(self, notification: Notification) -> None:
        """What was meant for the group alone goes to its reader, at once. Raises Undeliverable: not from here."""
        now = self._house.clock.now()
        if await self._house.db.transact(lambda session: group_news.send_home(session, notification, now=now)):
            raise Undeliverable("the group may not hear it", retry_after=0)

    async def _tell(self, visit: Visit, notification: Notification, chat: StaffChat) -> int | None:
        try:
            reply = await self._router.notices[notification.kind].handle(visit, notification)
        except NotFound:
            return None  # a message or a review that is gone with its writer
        last = None
        for screen in _screens(reply):
            shown = for_group(visit.words, screen, notification, visit.link)
            if notification.kind == posts.POST:
                return await self._post(notification, chat, screen)
            last, is_photo = await self._send(visit, KIND_OF[notification.kind], chat, shown)
            await self._sights.note(
                visit.telegram_id,
                shown,
                last,
                is_photo=is_photo,
                notification_id=notification.id,
                staff_chat_id=chat.id,
            )
        return last

    async def _post(self, notification: Notification, chat: StaffChat, screen: Screen) -> int | None:
        """A product's card, to be followed from now on."""
        message_id, is_photo = await self._chats.send(chat.chat_id, screen)
        if message_id is not None:
            post_id, now = int(notification.data["post_id"]), self._house.clock.now()
            await self._house.db.transact(
                lambda session: posts.note_sent(
                    session, post_id, message_id, digest(screen), is_photo=is_photo, now=now
                )
            )
        return message_id

    async def _send(self, visit: Visit, kind: str, chat: StaffChat, screen: Screen) -> tuple[int | None, bool]:
        topic = await self._topic(visit, kind, chat)
        try:
            return await self._chats.send(chat.chat_id, screen, topic=topic)
        except BadRequest as error:
            if not (topic and is_topic_gone(error)):
                raise
        await self._note(chat, kind, 0)  # whoever closed it does not want another one: it goes to the group itself
        return await self._chats.send(chat.chat_id, screen)

    async def _topic(self, visit: Visit, kind: str, chat: StaffChat) -> int:
        """The topic of this kind, made when it is needed for the first time; 0: none."""
        if not chat.is_forum:
            return 0
        known = chat.topics.get(kind)
        if known is None:
            known = await self._chats.open_topic(chat.chat_id, visit.words.plain(NAMES[kind]))
            await self._note(chat, kind, known)
        return int(known)

    async def _note(self, chat: StaffChat, kind: str, topic: int) -> None:
        async with self._house.db.begin() as session:
            row = await session.get_one(StaffChat, chat.id)
            await staff_chats.set_topic(session, row, kind, topic)


def _screens(reply: Reply | None) -> list[Screen]:
    if isinstance(reply, Several):
        return [one for one in reply.replies if isinstance(one, Screen)]
    return [reply] if isinstance(reply, Screen) else []
