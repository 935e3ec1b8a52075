"""Files that bots and people sent: kept by content, known to each bot under its own lasting `file_id`."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from simulator.telegram.errors import bad_request
from simulator.telegram.images import measure
from simulator.telegram.wire import JsonObject

MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
_PREFIX = {"photo": "AgACAgIAAxk", "document": "BQACAgIAAxk"}


@dataclass(slots=True)
class StoredFile:
    """One file as one bot knows it; `content` is None for a picture elsewhere that was not fetched."""

    file_id: str
    unique_id: str
    bot_id: int
    kind: str
    name: str
    mime: str
    content: bytes | None
    url: str = ""
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content or b"")

    @property
    def path(self) -> str:
        """The `file_path` of getFile."""
        suffix = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}.get(self.mime)
        name = f"{self.unique_id}.{suffix}" if suffix else f"{self.unique_id}_{self.name}"
        return f"{self.kind}s/{name}"

    def photo_sizes(self) -> list[JsonObject]:
        """The Bot API's list of `PhotoSize`, smallest first."""
        small = max(1, round(self.height * 90 / max(self.width, 1)))
        thumb: JsonObject = {
            "file_id": f"{self.file_id}s",
            "file_unique_id": f"{self.unique_id}s",
            "width": 90,
            "height": small,
            "file_size": min(self.size, 1500),
        }
        full: JsonObject = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": self.size,
        }
        return [thumb, full] if self.width > 90 else [full]

    def document(self) -> JsonObject:
        """The Bot API's `Document`."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime or "application/octet-stream",
            "file_size": self.size,
        }


def _digest(*parts: bytes, size: int) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big") + part)
    return urlsafe_b64encode(hasher.digest()).decode().rstrip("=")[:size]


class FileStore:
    """All files of the pretend Telegram."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def find(self, bot_id: int, file_id: str) -> StoredFile | None:
        """The file behind a `file_id`, which is good for one bot only."""
        found = self.by_id.get(file_id) or self.by_id.get(file_id.removesuffix("s"))
        return found if found and found.bot_id == bot_id else None

    def keep(self, stored: StoredFile) -> StoredFile:
        """Remember a file and return it as it is known."""
        known = self.by_id.setdefault(stored.file_id, stored)
        self.by_path[f"{stored.bot_id}/{stored.path}"] = known
        return known

    def add(self, bot_id: int, kind: str, name: str, content: bytes, mime: str = "") -> StoredFile:
        """Keep an upload; raises BotApiError 400 for a photo that is no picture, too big, or too long and thin."""
        width = height = 0
        if kind == "photo":
            if len(content) > MAX_PHOTO:
                raise bad_request("file is too big")
            size = measure(content)
            if size is None:
                raise bad_request("IMAGE_PROCESS_FAILED")
            mime, width, height = size
            if width + height > 10_000 or not width or not height or max(width, height) / min(width, height) > 20:
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
        elif len(content) > MAX_UPLOAD:
            raise bad_request("file is too big")
        elif not content:
            raise bad_request("file must be non-empty")
        unique = _digest(kind.encode(), content, size=15)
        file_id = _PREFIX[kind] + _digest(str(bot_id).encode(), kind.encode(), content, size=40)
        return self.keep(StoredFile(file_id, unique, bot_id, kind, name, mime, content, "", width, height))

    def add_remote(self, bot_id: int, kind: str, url: str) -> StoredFile:
        """Keep a picture known only by its address: nothing is fetched, so its size is a guess."""
        unique = _digest(kind.encode(), url.encode(), size=15)
        file_id = _PREFIX[kind] + _digest(str(bot_id).encode(), kind.encode(), url.encode(), size=40)
        name = url.rpartition("/")[2] or "picture"
        return self.keep(StoredFile(file_id, unique, bot_id, kind, name, "", None, url, 800, 600))
