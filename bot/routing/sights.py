"""Remembers which messages show which order, for the sender and the courier."""

from hashlib import blake2b

from bot.sending.markup import keyboard_json
from bot.sending.reply import Screen
from db.session import Database
from shop.clock import Clock
from shop.orders import sights
from shop.orders.sights import Seen


class Sights:
    """The notes of what stands in people's chats."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def note(
        self,
        chat_id: int,
        screen: Screen,
        message_id: int | None,
        *,
        is_photo: bool = False,
        notification_id: int | None = None,
        staff_chat_id: int = 0,
    ) -> None:
        """Remember that this message shows what the screen says of an order.

        In a group `chat_id` is still the private chat of the one who reads there.
        """
        if screen.sight is None or message_id is None:
            return
        opens = screen.sight.opens
        seen = Seen(
            order_id=screen.sight.order_id,
            telegram_id=chat_id,
            message_id=message_id,
            digest=digest(screen),
            is_photo=is_photo,
            button=opens.pack() if opens is not None else None,
            notification_id=notification_id,
            as_of=screen.sight.as_of,
            staff_chat_id=staff_chat_id,
        )
        async with self._db.read() as session:
            if await sights.is_noted(session, seen):
                return
        await self._db.transact(lambda session: sights.note(session, seen, now=self._clock.now()))

    async def forget(self, chat_id: int, order_id: int, message_id: int, staff_chat_id: int = 0) -> None:
        """The message shows something else now, or is gone."""
        await self._db.transact(
            lambda session: sights.forget(
                session,
                order_id=order_id,
                telegram_id=chat_id,
                message_id=message_id,
                staff_chat_id=staff_chat_id,
            )
        )


def digest(screen: Screen) -> str:
    """What tells one look of a message from another."""
    look = f"{screen.text}\n{keyboard_json(screen.keyboard)}"
    return blake2b(look.encode(), digest_size=16).hexdigest()
