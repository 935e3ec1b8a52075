"""Marked stretches of a text: bold, links, commands. Offsets and lengths are in UTF-16 code units, as in Telegram."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.telegram.wire import JsonObject

_DETECTED = re.compile(
    r"(?P<url>(?<![\w@])(?:https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}']|(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|de|dev|shop)\b"
    r"(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]}'])?))"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,})"
    r"|(?P<mention>(?<![\w@])@[a-zA-Z]\w{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<cashtag>(?<![\w$])\$[A-Z]{1,8}(?!\w))"
    r"|(?P<hashtag>(?<![\w#&])#(?=\w*[^\W\d])\w{1,256})",
    re.IGNORECASE,
)
_CANNOT_CONTAIN = {"code", "pre", "text_link", "text_mention", "custom_emoji"}


_DATE_TIME = re.compile(r"r|w?[dD]?[tT]?")
LATEST = 2**31 - 1  # seconds since 1970


def is_date_time(unix: object, written: object) -> bool:
    """Whether this is a moment and a way to write it: "r" (in two hours), or day of the week, date and time."""
    seconds = str(unix) if isinstance(unix, str | int) and not isinstance(unix, bool) else ""
    known = seconds.isascii() and seconds.isdigit() and len(seconds) <= 10 and 0 < int(seconds) <= LATEST
    return known and isinstance(written, str) and _DATE_TIME.fullmatch(written) is not None


def utf16_length(text: str) -> int:
    """How many UTF-16 code units the text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class Entity:
    """One stretch; `extra` holds url, language, user, custom_emoji_id, unix_time."""

    type: str
    offset: int
    length: int
    extra: JsonObject = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Just past the last unit."""
        return self.offset + self.length

    def to_json(self) -> JsonObject:
        """The Bot API's `MessageEntity`."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **self.extra}


@dataclass(slots=True)
class Formatted:
    """A text with its entities, as a message carries it."""

    text: str
    entities: list[Entity] = field(default_factory=list)

    def entities_json(self) -> list[JsonObject]:
        """The entities as the Bot API sends them."""
        return [entity.to_json() for entity in self.entities]


def detect(text: str) -> list[Entity]:
    """Commands, links, mentions, tags and addresses that Telegram marks by itself."""
    if not any(mark in text for mark in "/.@#$"):
        return []
    found = []
    for match in _DETECTED.finditer(text):
        kind = str(match.lastgroup)
        word = match.group()
        if kind == "cashtag" and not word[1:].isupper():
            continue
        found.append(Entity(kind, utf16_length(text[: match.start()]), utf16_length(word)))
    return found


def merge(marked: Iterable[Entity], detected: Iterable[Entity]) -> list[Entity]:
    """What the sender marked plus what Telegram found by itself, in order and without overlaps of links."""
    kept = [entity for entity in marked if entity.length > 0]
    closed = [entity for entity in kept if entity.type in _CANNOT_CONTAIN]
    free = [e for e in detected if all(e.end <= other.offset or e.offset >= other.end for other in closed)]
    return sorted([*kept, *free], key=lambda entity: (entity.offset, -entity.length, entity.type))


def trim(text: str, entities: Iterable[Entity]) -> Formatted:
    """Drop white space around the text, as Telegram does, and move the entities along."""
    stripped = text.rstrip()
    left = stripped.lstrip()
    cut, size = utf16_length(stripped) - utf16_length(left), utf16_length(left)
    moved = []
    for entity in entities:
        start, end = max(entity.offset - cut, 0), min(entity.end - cut, size)
        if end > start:
            moved.append(Entity(entity.type, start, end - start, entity.extra))
    return Formatted(left, moved)
