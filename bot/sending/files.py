"""Reading what people sent as a file."""

from telegram.error import TelegramError

from bot.routing.visit import Files
from bot.sending.api import ShopBot
from shop.refusals import CannotRead


class TelegramFiles:
    """Fetches files from Telegram, which hands out up to 20 MB (Bot API, getFile)."""

    def __init__(self, bot: ShopBot) -> None:
        self._bot = bot

    async def read(self, file_id: str, *, most: int) -> bytes:
        """All of a file of at most `most` bytes. Raises CannotRead when it is larger or cannot be had."""
        try:
            file = await self._bot.get_file(file_id)
            if file.file_size is not None and file.file_size > most:
                raise CannotRead(field="file", given="", hint="too_large")
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise CannotRead(field="file", given="", hint="file") from error


_: type[Files] = TelegramFiles
