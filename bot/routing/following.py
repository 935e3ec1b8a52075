"""Edits the messages that show an order when the order has moved: each where it stands, and none twice alike."""

from telegram.error import BadRequest

from bot.intake.reading import Shown
from bot.routing.in_groups import for_group
from bot.routing.permitted import permitted
from bot.routing.router import Router
from bot.routing.sights import Sights, digest
from bot.routing.standing import Standing
from bot.routing.visit import House, Visit
from bot.screens.parts.registry import registry
from bot.sending.in_chats import is_lost
from bot.sending.limits import FloodLimit
from bot.sending.reply import Screen
from bot.sending.sender import Sender
from db.models import Notification, OrderSight, StaffChat
from shop.notifications.sellers import SELLER_NEWS
from shop.orders import sights as order_sights
from shop.refusals import Refusal


class Following:
    """Brings what a person sees of an order up to date."""

    def __init__(self, house: House, router: Router, sender: Sender, sights: Sights, limit: FloodLimit) -> None:
        self._house = house
        self._router = router
        self._sender = sender
        self._sights = sights
        self._limit = limit
        self._standing = Standing(router)

    async def bring(self, visit: Visit, order_id: int, group: StaffChat | None = None) -> None:
        """Edit every message of this person, or of a group they read for, that shows the order.

        Raises telegram.error; asked again it goes on.
        """
        place = group.id if group is not None else 0
        async with self._house.db.read() as session:
            sights = await order_sights.of_person(session, order_id, visit.user.id, place)
        for sight in sights:
            screen = await self._draw(visit, sight)
            if screen is None:
                await self._sights.forget(visit.telegram_id, order_id, sight.message_id, place)
            elif digest(screen) != sight.digest:
                await self._edit(visit, sight, screen, visit.telegram_id if group is None else group.chat_id)

    async def _edit(self, visit: Visit, sight: OrderSight, screen: Screen, chat_id: int) -> None:
        shown = Shown(sight.message_id, "photo" if sight.is_photo else "text")
        try:
            async with self._limit.turn(chat_id):
                stands = await self._sender.edit(chat_id, screen, shown)
        except BadRequest as error:
            if is_lost(error):
                raise
            stands = False  # whatever became of it, it does not show the order
        if not stands:
            await self._sights.forget(visit.telegram_id, sight.order_id, sight.message_id, sight.staff_chat_id)
            return
        await self._house.db.transact(lambda session: order_sights.was_edited(session, sight.id, digest(screen)))

    async def _draw(self, visit: Visit, sight: OrderSight) -> Screen | None:
        if sight.button is not None:
            pressed = registry.unpack(sight.button)
            return await self._standing.draw(visit, pressed) if pressed is not None else None
        async with self._house.db.read() as session:
            told = await session.get(Notification, sight.notification_id)
        if told is None or (told.kind in SELLER_NEWS and not visit.may_hear(told.kind)):
            return None
        try:
            reply = await self._router.notices[told.kind].handle(visit, told)
        except Refusal:
            return None
        if not isinstance(reply, Screen):
            return None
        if sight.staff_chat_id:
            return for_group(visit.words, reply, told, visit.link)
        return permitted(self._router, visit, reply)
