"""Sends broadcasts: within the flood limit, claimed when their turn has come, never a second time."""

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import select
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.routing.visit import House, Visit
from bot.screens.parts.news import news
from bot.sending.api import Caller, pause
from bot.sending.cutting import CAPTION, MESSAGE, fit
from bot.sending.in_chats import is_lost
from bot.sending.limits import FloodLimit
from bot.sending.markup import keyboard_json
from bot.sending.reply import Screen
from bot.sending.request import NotSent
from db.models import Broadcast, User
from shop.broadcasts import Claim, Herald, Standing
from shop.people.permissions import employment_of
from shop.ports import Undeliverable

Draw = Callable[[Visit, Standing], Awaitable[Screen | None]]

log = structlog.get_logger()


class TelegramHerald:
    """Brings a broadcast to a person's own chat; what may have arrived is not sent again.

    `draw` is the screen on which its seller sees how far it is.
    """

    def __init__(self, house: House, bot: Caller, limit: FloodLimit, draw: Draw) -> None:
        self._house = house
        self._bot = bot
        self._limit = limit
        self._draw = draw

    async def bring(self, broadcast: Broadcast, telegram_id: int, claim: Claim) -> bool:
        """Wait for a turn, claim, send; False where nobody was claimed. Raises Undeliverable."""
        async with self._limit.turn(telegram_id):
            person = await claim()
            if person is None:
                return False
            screen = news(self._house.visit(person, telegram_id).words, broadcast, self._house.bot_id)
            method, data = _call(screen, telegram_id)
            try:
                await self._bot.call(method, data)
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

    async def show(self, standing: Standing) -> None:
        """Edit the message that its seller looks at; where that cannot be done, it stays as it is."""
        chat_id, message_id = standing.broadcast.shown_to, standing.broadcast.shown_in
        if chat_id is None or message_id is None:
            return
        try:
            async with self._house.db.read() as session:
                person = await session.scalar(select(User).where(User.telegram_id == chat_id))
            if person is None:
                return
            employment = await employment_of(self._house.db, person.id)
            screen = await self._draw(self._house.visit(person, chat_id, employment=employment), standing)
            if screen is None:
                return
            data = {"chat_id": chat_id, "message_id": message_id, "text": fit(screen.text, MESSAGE)}
            async with self._limit.turn(chat_id):
                await self._bot.call(
                    "editMessageText",
                    {**data, "parse_mode": "HTML", "reply_markup": keyboard_json(screen.keyboard)},
                )
        except TelegramError as error:
            log.info("progress_not_shown", error=str(error))


def _call(screen: Screen, chat_id: int) -> tuple[str, dict[str, object]]:
    data: dict[str, object] = {
        "chat_id": chat_id,
        "parse_mode": "HTML",
        "reply_markup": keyboard_json(screen.keyboard),
    }
    if screen.photo is None or screen.photo.file_id is None:
        return "sendMessage", {**data, "text": fit(screen.text, MESSAGE)}
    return "sendPhoto", {**data, "photo": screen.photo.file_id, "caption": fit(screen.text, CAPTION)}


_: type[Herald] = TelegramHerald
