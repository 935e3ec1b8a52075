"""Sends broadcasts: within the flood limit, as many at once as it permits, never a second time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import structlog
from sqlalchemy import select
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.intake.reading import Shown
from bot.routing.visit import House, Visit
from bot.screens.parts.news import news
from bot.sending.api import Caller, pause
from bot.sending.cutting import CAPTION, MESSAGE, fit
from bot.sending.in_chats import is_lost
from bot.sending.limits import FloodLimit
from bot.sending.markup import keyboard_json
from bot.sending.reply import Screen
from bot.sending.request import NotSent
from bot.sending.sender import Sender
from db.models import Broadcast, User
from shop.broadcasts import Herald, Ready, Standing
from shop.people.permissions import employment_of
from shop.ports import Undeliverable

PATIENCE = 20.0  # seconds that a copy waits for its turn; then it goes back among those who wait

Draw = Callable[[Visit, Standing], Awaitable[Screen | None]]

log = structlog.get_logger()


class TelegramHerald:
    """Brings a broadcast to a person's own chat; what may have arrived is not sent again.

    `draw` is the screen on which its seller sees how far it is.
    """

    def __init__(self, house: House, bot: Caller, sender: Sender, limit: FloodLimit, draw: Draw) -> None:
        self._house = house
        self._bot = bot
        self._sender = sender
        self._limit = limit
        self._draw = draw

    async def calm(self) -> None:
        """Sleep while Telegram wants silence."""
        await self._limit.calm()

    async def bring(self, broadcast: Broadcast, person: User, ready: Ready) -> bool:
        """Wait for a turn, ask whether it is ready, send; False where it is not. Raises Undeliverable."""
        chat_id = person.telegram_id
        if chat_id is None:
            raise Undeliverable("no Telegram id", permanent=True)
        screen = news(self._house.visit(person, chat_id).words, broadcast, self._house.bot_id)
        method, data = _call(screen, chat_id)  # before the turn, which counts from now until the answer
        async with AsyncExitStack() as turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    await turn.enter_async_context(self._limit.turn(chat_id))
            except TimeoutError as error:
                raise Undeliverable("its turn did not come", retry_after=0) from error
            if not await ready():
                return False
            await self._send(method, data)
        return True

    async def _send(self, method: str, data: dict[str, object]) -> None:
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
            async with self._limit.turn(chat_id):
                await self._sender.edit(chat_id, screen, Shown(message_id, "text"))
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
