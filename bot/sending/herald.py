"""Sends broadcasts: within the flood limit, claimed when their turn has come, never a second time."""

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.routing.visit import House
from bot.screens.parts.news import news
from bot.sending.api import Caller, pause
from bot.sending.cutting import MESSAGE, fit
from bot.sending.in_chats import is_lost
from bot.sending.limits import FloodLimit
from bot.sending.markup import keyboard_json
from bot.sending.request import NotSent
from db.models import Broadcast
from shop.broadcasts import Claim, Herald
from shop.ports import Undeliverable


class TelegramHerald:
    """Brings a broadcast to a person's own chat; what may have arrived is not sent again."""

    def __init__(self, house: House, bot: Caller, limit: FloodLimit) -> None:
        self._house = house
        self._bot = bot
        self._limit = limit

    async def bring(self, broadcast: Broadcast, telegram_id: int, claim: Claim) -> bool:
        """Wait for a turn, claim, send; False where nobody was claimed. Raises Undeliverable."""
        async with self._limit.turn(telegram_id):
            person = await claim()
            if person is None:
                return False
            screen = news(self._house.visit(person, telegram_id).words, broadcast.id, broadcast.text)
            data = {"chat_id": telegram_id, "text": fit(screen.text, MESSAGE), "parse_mode": "HTML"}
            try:
                await self._bot.call("sendMessage", {**data, "reply_markup": keyboard_json(screen.keyboard)})
            except RetryAfter as error:
                await self._limit.hold(pause(error))
                raise Undeliverable(str(error), retry_after=pause(error)) from error
            except Forbidden as error:
                raise Undeliverable(str(error), permanent=True) from error
            except BadRequest as error:
                if is_lost(error):
                    raise Undeliverable(str(error), permanent=True) from error
                raise
            except NotSent as error:
                raise Undeliverable(str(error), retry_after=0) from error
            except NetworkError as error:
                raise Undeliverable(str(error)) from error
        return True


_: type[Herald] = TelegramHerald
