"""Sends what handlers answered: the only place that shows screens, edits them in place and survives bad pictures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import structlog
from markupsafe import escape
from msgspec.structs import replace
from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake.reading import Shown
from bot.routing.sights import Sights
from bot.sending.api import Caller, is_gone, is_unchanged, pause
from bot.sending.attachments import call_for, edit_for
from bot.sending.cutting import CAPTION, MESSAGE, fit
from bot.sending.invoices import invoice_data
from bot.sending.markup import keyboard_json, quietly
from bot.sending.pictures import Pictures, Sendable
from bot.sending.reply import (
    CommandMenu,
    Document,
    Gone,
    Invoice,
    Lead,
    Photo,
    Reply,
    Screen,
    Several,
    Silence,
    Stored,
    Toast,
)
from bot.sending.request import ConnectionBroke, NotSent

log = structlog.get_logger()

LONGEST_PAUSE = 20.0  # seconds that a person is made to wait for a flood limit

SetMenu = Callable[[CommandMenu], Awaitable[None]]


class Remember(Protocol):
    """Notes which message is what."""

    async def card(self, order_id: int, message_id: int) -> int | None:
        """The status card of an order; the message that was it before."""
        ...

    async def invoice(self, payload: str, message_id: int) -> None:
        """The invoice of a payment."""
        ...


class Sender:
    """Shows replies in private chats."""

    def __init__(
        self,
        bot: Caller,
        pictures: Pictures,
        *,
        remember: Remember,
        sights: Sights | None = None,
        cover: Callable[[], Photo | None] = lambda: None,
        set_menu: SetMenu | None = None,
    ) -> None:
        """`cover` stands above screens without a picture where the message has one, which Telegram cannot take out.

        `sights` remembers the messages that show an order.
        """
        self._sights = sights
        self._set_menu = set_menu
        self._bot = bot
        self._cover = cover
        self._pictures = pictures
        self._remember = remember

    async def deliver(self, chat_id: int, reply: Reply, shown: Shown | None = None) -> int | None:
        """Show a reply; after a tap `shown` is the message to change in place. The id of the message now on show.

        Raises telegram.error: Forbidden (the person stopped the bot), RetryAfter (a long flood limit), and others.
        """
        if isinstance(reply, Screen):
            return await self._screen(chat_id, reply, None if reply.fresh else shown)
        if isinstance(reply, Lead):
            raise TypeError(f"{reply} was not followed: routing does that before anything is sent")
        if isinstance(reply, Silence) or (isinstance(reply, Toast) and shown is not None):
            return None  # a toast after a tap is the answer to its query
        if isinstance(reply, Toast):
            return await self._screen(chat_id, Screen(escape(reply.text)), None)
        if isinstance(reply, Several):
            return await self._several(chat_id, reply, shown)
        if isinstance(reply, CommandMenu):
            if self._set_menu is not None:
                await self._set_menu(reply)
            return None
        if isinstance(reply, Invoice):
            return await self._invoice(chat_id, reply, shown)
        if isinstance(reply, Gone):
            await self._take_away(chat_id, reply.message_id)
            return None
        return await self._file(chat_id, reply, shown)

    async def _file(self, chat_id: int, file: Document | Stored, shown: Shown | None) -> int:
        """Send it; a picture that shall take the place of what was tapped does, or comes below where it cannot."""
        if shown is None or not isinstance(file, Document) or not file.in_place:
            return await self._send(*call_for(chat_id, file))
        if shown.kind != "other" and await self._edit(*edit_for(chat_id, shown.message_id, file)):
            return shown.message_id
        message_id = await self._send(*call_for(chat_id, file))
        await self._delete(chat_id, shown.message_id)
        return message_id

    async def take_keys(self, chat_id: int, message_id: int) -> None:
        """Take the keys of a message whose question was answered; one that is gone or has none is left as it is."""
        with suppress(TelegramError):  # the answer itself matters more
            await self._call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id})

    async def _several(self, chat_id: int, reply: Several, shown: Shown | None) -> int | None:
        last = None
        for number, one in enumerate(reply.replies):
            last = await self.deliver(chat_id, one, shown if number == 0 else None) or last
        return last

    async def _screen(self, chat_id: int, screen: Screen, shown: Shown | None) -> int | None:
        message_id = None
        await self._leave(chat_id, screen, shown)
        photo = screen.photo or self._covering(screen, shown)
        if photo is not None:
            message_id = await self._with_photo(chat_id, screen, photo, shown)
            for frame in screen.instead:
                if message_id is not None:
                    break
                screen = replace(screen, photo=frame.photo, keyboard=frame.keyboard)
                message_id = await self._with_photo(chat_id, screen, frame.photo, shown)
        is_photo = message_id is not None
        if message_id is None:
            message_id = await self._text(chat_id, screen, shown)
        if self._sights is not None and screen.sight is not None and screen.sight.opens is not None:
            await self._sights.note(chat_id, screen, message_id, is_photo=is_photo)
        if screen.remember_card is not None and (shown is None or shown.card != message_id):
            before = await self._remember.card(screen.remember_card, message_id)
            if before is not None and message_id is not None:
                await self._delete(chat_id, before)  # one card an order: the old one would tell an old story
        return message_id

    async def edit(self, chat_id: int, screen: Screen, shown: Shown) -> bool:
        """Bring a message up to date where it stands; False when it cannot be any more. Never sends another one."""
        data = {"chat_id": chat_id, "message_id": shown.message_id, "parse_mode": "HTML"}
        data["reply_markup"] = keyboard_json(screen.keyboard)
        if shown.kind == "photo":
            caption = {**data, "caption": fit(screen.text, CAPTION)}
            return await self._edit("editMessageCaption", caption) is not None
        text = {**data, "text": fit(screen.text, MESSAGE), "link_preview_options": '{"is_disabled":true}'}
        return await self._edit("editMessageText", text) is not None

    async def _leave(self, chat_id: int, screen: Screen, shown: Shown | None) -> None:
        """A message that showed an order and is about to show something else must not follow the order any more."""
        if self._sights is None or shown is None or shown.order_id is None:
            return
        if screen.sight is None or screen.sight.order_id != shown.order_id:
            await self._sights.forget(chat_id, shown.order_id, shown.message_id)

    def _covering(self, screen: Screen, shown: Shown | None) -> Photo | None:
        """The picture that keeps the message; not for the card of an order, which is text for as long as it lives."""
        fits = shown is not None and shown.kind == "photo" and fit(screen.text, CAPTION) == screen.text
        return self._cover() if fits and screen.remember_card is None else None

    async def _text(self, chat_id: int, screen: Screen, shown: Shown | None) -> int:
        data = {"chat_id": chat_id, "text": fit(screen.text, MESSAGE), "parse_mode": "HTML"}
        data |= {"reply_markup": keyboard_json(screen.keyboard), "link_preview_options": '{"is_disabled":true}'}
        if shown is not None and shown.kind == "text":
            if await self._edit("editMessageText", {**data, "message_id": shown.message_id}):
                return shown.message_id
            return await self._send("sendMessage", data)
        message_id = await self._send("sendMessage", data | quietly(screen))
        if shown is not None:
            await self._delete(chat_id, shown.message_id)
        return message_id

    async def _with_photo(self, chat_id: int, screen: Screen, photo: Photo, shown: Shown | None) -> int | None:
        """Show the screen with its picture; None when no picture can be had."""
        if (file_id := self._pictures.known(photo)) is not None:
            message_id = await self._try_photo(chat_id, screen, file_id, shown)
            if message_id is not None:
                return message_id
            self._pictures.mark_broken(file_id)
        async with self._pictures.turn(photo):
            if (file_id := self._pictures.known(photo)) is not None:
                return await self._try_photo(chat_id, screen, file_id, shown)
            source = await self._pictures.fetch(photo)
            if source is None:
                return None
            message_id = await self._try_photo(chat_id, screen, source, shown, upload=photo)
            if message_id is None:
                self._pictures.mark_broken(photo.source or "")
            return message_id

    async def _try_photo(
        self, chat_id: int, screen: Screen, picture: Sendable, shown: Shown | None, upload: Photo | None = None
    ) -> int | None:
        caption = fit(screen.text, CAPTION)
        keyboard = keyboard_json(screen.keyboard)
        try:
            if shown is not None and shown.kind != "other":
                media: object = {"type": "photo", "media": picture, "caption": caption, "parse_mode": "HTML"}
                if isinstance(picture, InputFile):
                    media = InputMediaPhoto(picture, caption=caption, parse_mode="HTML")
                data = {"chat_id": chat_id, "message_id": shown.message_id, "media": media, "reply_markup": keyboard}
                edited = await self._edit("editMessageMedia", data)
                if edited:
                    await self._note_upload(upload, edited)
                    return shown.message_id
            data = {"chat_id": chat_id, "photo": picture, "caption": caption, "parse_mode": "HTML"}
            sent = await self._call("sendPhoto", {**data, "reply_markup": keyboard})
        except BadRequest as error:
            if "can't parse entities" in error.message.lower():
                raise
            return None
        except TimedOut:
            if upload is not None and isinstance(picture, str):
                return None  # Telegram could not fetch the address in time
            raise
        await self._note_upload(upload, sent)
        if shown is not None:
            await self._delete(chat_id, shown.message_id)
        return int(sent["message_id"])

    async def _note_upload(self, photo: Photo | None, message: object) -> None:
        if photo is not None and isinstance(message, Mapping) and message.get("photo"):
            await self._pictures.remember(photo, message["photo"][-1]["file_id"])

    async def _invoice(self, chat_id: int, invoice: Invoice, shown: Shown | None) -> int:
        if invoice.before is not None:
            await self._screen(chat_id, invoice.before, shown)
        data = invoice_data(chat_id, invoice)
        try:
            message_id = await self._invoice_sent(data, invoice.photo_url)
        except BadRequest as error:
            if invoice.instead is None or "CURRENCY" not in error.message.upper():
                raise
            log.warning("invoice_refused", error=error.message, currency=invoice.currency, prices=invoice.prices)
            return await self._screen(chat_id, invoice.instead, shown) or 0
        await self._remember.invoice(invoice.payload, message_id)
        return message_id

    async def _invoice_sent(self, data: dict[str, Any], photo_url: str | None) -> int:
        if photo_url is None:
            return await self._send("sendInvoice", data)
        try:
            return await self._send("sendInvoice", {**data, "photo_url": photo_url})
        except BadRequest as error:
            if "CURRENCY" in error.message.upper():
                raise
            self._pictures.mark_broken(photo_url)
            return await self._send("sendInvoice", data)

    async def _take_away(self, chat_id: int, message_id: int) -> None:
        """Delete a message for good. Raises telegram.error unless it is gone, or too old to be deleted."""
        try:
            await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id}, again=(NetworkError,))
        except BadRequest as error:
            log.info("not_deleted", error=error.message)

    async def _send(self, method: str, data: Mapping[str, Any]) -> int:
        return int((await self._call(method, data))["message_id"])

    async def _edit(self, method: str, data: Mapping[str, Any]) -> object:
        """What the message is now (True when nothing had to change); None when it cannot be edited any more."""
        try:
            return await self._call(method, data, again=(TimedOut, NotSent, ConnectionBroke))
        except BadRequest as error:
            if is_unchanged(error):
                return True
            if is_gone(error):
                return None
            raise

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except (BadRequest, NetworkError):
            return  # too old or gone already; the new message is below it

    async def _call(
        self, method: str, data: Mapping[str, Any], again: tuple[type[NetworkError], ...] = (NotSent, ConnectionBroke)
    ) -> Any:
        try:
            return await self._bot.call(method, data)
        except RetryAfter as error:
            if pause(error) > LONGEST_PAUSE:
                raise
            await asyncio.sleep(pause(error))
        except again:
            # a screen that is shown twice by a rare accident is better than one that is not shown
            await asyncio.sleep(0.1)
        return await self._bot.call(method, data)
