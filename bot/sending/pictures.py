"""Pictures of products: uploaded once a bot, sent by file_id ever after, and never the reason that a screen fails."""

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from telegram import InputFile

from bot.sending.reply import Photo
from db.session import Database
from shop import products
from shop.clock import Clock
from shop.policy import SENT, Policy

NOBODYS = 0  # the id in place of a product's for a picture of the shop itself
LARGEST = 10 * 1024 * 1024  # bytes, Bot API
BROKEN_FOR = timedelta(minutes=10)
REMEMBERED = 20_000

log = structlog.get_logger()

Sendable = str | InputFile  # a file_id, a URL, or the bytes


def cover_of(policy: Policy, bot_id: int) -> Photo | None:
    """The picture of the shop, if it has one; what was sent to another bot cannot be shown by this one."""
    if policy.cover.startswith(SENT):
        owner, _, file_id = policy.cover.removeprefix(SENT).partition(":")
        return Photo(NOBODYS, file_id=file_id) if owner == str(bot_id) else None
    return Photo(NOBODYS, source=policy.cover) if policy.cover else None


class Pictures:
    """Finds what to send for a photo, and remembers what Telegram made of it."""

    def __init__(self, db: Database, clock: Clock, *, bot_id: int, media: Path) -> None:
        self._db = db
        self._clock = clock
        self._bot_id = bot_id
        self._media = media.resolve()
        self._file_ids: OrderedDict[tuple[int, str | None], str] = OrderedDict()
        self._broken: OrderedDict[str, datetime] = OrderedDict()  # until when not to try it again
        self._uploads: dict[tuple[int, str | None], asyncio.Lock] = {}

    def known(self, photo: Photo) -> str | None:
        """The file_id to send, if this bot has one that is not broken."""
        file_id = photo.file_id or self._file_ids.get(_key(photo))
        if file_id and self._is_broken(file_id):
            file_id = self._file_ids.get(_key(photo))
        return file_id if file_id and not self._is_broken(file_id) else None

    def turn(self, photo: Photo) -> asyncio.Lock:
        """One upload of a picture at a time: whoever waited finds the file_id."""
        return self._uploads.setdefault(_key(photo), asyncio.Lock())

    async def fetch(self, photo: Photo) -> Sendable | None:
        """What to upload: a URL for Telegram to fetch, or the bytes of a file; None when there is no usable source."""
        source = photo.source
        if not source or self._is_broken(source):
            return None
        if source.startswith(("http://", "https://")):
            return source
        content = await asyncio.to_thread(self._read, source)
        if content is None:
            self.mark_broken(source)
            return None
        return InputFile(content, filename=Path(source).name, attach=True)

    def mark_broken(self, what: str) -> None:
        """Leave this file_id or source alone for a while."""
        log.warning("picture_unusable", picture=what[:120])
        self._broken[what] = self._clock.now() + BROKEN_FOR
        while len(self._broken) > REMEMBERED:
            self._broken.popitem(last=False)

    async def remember(self, photo: Photo, file_id: str) -> None:
        """Keep the file_id that Telegram gave an upload."""
        self._uploads.pop(_key(photo), None)
        self._file_ids[_key(photo)] = file_id
        while len(self._file_ids) > REMEMBERED:
            self._file_ids.popitem(last=False)
        source = photo.source
        if photo.product_id == NOBODYS or source is None:
            return
        await self._db.transact(
            lambda session: products.remember_file_id(session, photo.product_id, source, self._bot_id, file_id)
        )

    def _is_broken(self, what: str) -> bool:
        until = self._broken.get(what)
        return until is not None and self._clock.now() < until

    def _read(self, source: str) -> bytes | None:
        try:
            path = (self._media / source).resolve()
            if not path.is_relative_to(self._media):
                return None
            return path.read_bytes() if path.stat().st_size <= LARGEST else None
        except (OSError, ValueError):  # ValueError: a NUL in the name
            return None


def _key(photo: Photo) -> tuple[int, str | None]:
    return photo.product_id, photo.source
