"""Which message in whose chat is what: the status card of an order, the invoice of a payment."""

from functools import partial

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.sending.sender import Remember
from db.models import Order
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.payments.invoices import note_shown

_CARD = select(Order.card_message_id).where(Order.id == bindparam("order"))
_CARD_TO_CHANGE = _CARD.with_for_update()
_REMEMBER = update(Order).where(Order.id == bindparam("order")).values(card_message_id=bindparam("message"))


class Messages:
    """Remembers them in the database."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, order_id: int, message_id: int) -> int | None:
        """Note which message is the card of an order; the other message that was it before, if there was one."""

        async def work(session: AsyncSession) -> int | None:
            before = await session.scalar(_CARD_TO_CHANGE, {"order": order_id})
            if before == message_id:
                return None
            await changed(session, _REMEMBER, {"order": order_id, "message": message_id})
            return before

        return await self._db.transact(work)

    async def invoice(self, payload: str, message_id: int) -> None:
        """Note which message shows the invoice of a payment; others of its order are taken away."""
        await self._db.transact(partial(note_shown, payload=payload, message_id=message_id, now=self._clock.now()))


async def card_of(session: AsyncSession, order_id: int) -> int | None:
    """Which message in its customer's chat is the card of an order."""
    return await session.scalar(_CARD, {"order": order_id})


_: type[Remember] = Messages
