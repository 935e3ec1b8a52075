"""Brings notifications to people's chats, within Telegram's flood limits."""

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.intake.reading import Shown
from bot.routing.following import Following
from bot.routing.permitted import permitted
from bot.routing.router import Router
from bot.routing.sights import Sights
from bot.routing.visit import House, Visit
from bot.sending.api import pause
from bot.sending.group_courier import GroupCourier
from bot.sending.in_chats import Chats, is_lost
from bot.sending.limits import FloodLimit
from bot.sending.messages import card_of
from bot.sending.reply import Reply, Screen
from bot.sending.sender import Sender
from db.models import Notification, Role
from shop.importing import TAKEN, TOLD
from shop.notifications.sellers import SELLER_NEWS
from shop.orders.sights import FOLLOWS
from shop.people.permissions import employment_of
from shop.ports import Courier, Undeliverable
from shop.refusals import NotFound


class TelegramCourier:
    """Words a notification in its reader's language and sends it; an order's card is edited where it stands."""

    def __init__(
        self, house: House, router: Router, sender: Sender, sights: Sights, limit: FloodLimit, chats: Chats
    ) -> None:
        self._house = house
        self._router = router
        self._sender = sender
        self._sights = sights
        self._limit = limit
        self._following = Following(house, router, sender, sights, limit)
        self._groups = GroupCourier(house, router, chats, sights, self._following)

    async def deliver(self, notification: Notification) -> int | None:
        """Send or edit what the notification says; the id of the message. Raises Undeliverable."""
        chat_id = notification.user.telegram_id
        if chat_id is None:
            raise Undeliverable("no Telegram id", permanent=True)
        employment = await employment_of(self._house.db, notification.user.id) if _may_be_staffs(notification) else None
        visit = self._house.visit(notification.user, chat_id, employment=employment)
        try:
            if notification.staff_chat_id:
                return await self._groups.deliver(visit, notification)
            if notification.kind == FOLLOWS:
                await self._following.bring(visit, int(notification.data["order_id"]))
                return None
            return await self._tell(visit, notification)
        except Forbidden as error:
            raise Undeliverable(str(error), permanent=True) from error
        except RetryAfter as error:
            await self._limit.hold(pause(error))
            raise Undeliverable(str(error), retry_after=pause(error)) from error
        except ChatMigrated as error:
            raise Undeliverable(str(error), retry_after=0) from error
        except BadRequest as error:
            if is_lost(error):
                raise Undeliverable(str(error), permanent=True) from error
            raise
        except NetworkError as error:
            raise Undeliverable(str(error)) from error

    async def _tell(self, visit: Visit, notification: Notification) -> int | None:
        try:
            reply = await self._router.notices[notification.kind].handle(visit, notification)
        except NotFound:
            return None  # a message or a review that is gone with its writer
        reply = permitted(self._router, visit, reply)
        if reply is None:
            return None
        card = await self._card(reply)
        async with self._limit.turn(visit.telegram_id):
            message_id = await self._sender.deliver(visit.telegram_id, reply, card)
        if isinstance(reply, Screen):
            await self._sights.note(visit.telegram_id, reply, message_id, notification_id=notification.id)
        return message_id

    async def _card(self, reply: Reply) -> Shown | None:
        """The message that is the card of the order that the reply is about."""
        if not isinstance(reply, Screen) or reply.remember_card is None:
            return None
        async with self._house.db.read() as session:
            message_id = await card_of(session, reply.remember_card)
        return None if message_id is None else Shown(message_id, "text", card=message_id)


def _may_be_staffs(notification: Notification) -> bool:
    """Whether its reader may work for somebody else, and what they read depends on it."""
    return notification.user.role is not Role.ADMIN and notification.kind in {FOLLOWS, TAKEN, TOLD, *SELLER_NEWS}


_: type[Courier] = TelegramCourier
