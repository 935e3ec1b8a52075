"""What Telegram tells a page that it opens: who opened it; believed when Telegram said so to this bot, a moment ago.

Source: core.telegram.org/bots/webapps, "Validating data received via the Mini App": HMAC-SHA256 over the sorted lines
of all fields but `hash`, by a key that is HMAC-SHA256 of the bot's token under "WebAppData". `signature`, which is for
others than the bot, is one of those fields.
"""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

LONGEST = 4096  # letters; Telegram's own are some hundred
MOST_FIELDS = 20
AHEAD = timedelta(minutes=1)  # so far may Telegram's clock be before ours
HASH = re.compile(r"[0-9a-f]{64}")
DIGITS = re.compile(r"[0-9]{1,12}")


class NotFromTelegram(Exception):  # noqa: N818  a refusal
    """It is not believed; the text is for the log, and the person is told to open the page again."""


def app_key(token: str) -> bytes:
    """The key of a bot's apps; nothing is learned of the token from it."""
    return hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)


def read(text: str, key: bytes, *, longest: timedelta, now: datetime) -> int:
    """The Telegram id of whoever opened the page. Raises NotFromTelegram.

    `longest`: how long ago Telegram may have said so.
    """
    fields = _fields(text)
    given = fields.pop("hash", "")
    if HASH.fullmatch(given) is None:
        raise NotFromTelegram("no hash")
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    right = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, right):
        raise NotFromTelegram("another bot, or changed")
    _check_age(fields.get("auth_date", ""), longest, now)
    return _person(fields.get("user", ""))


def _fields(text: str) -> dict[str, str]:
    """The fields, each once: of two with one name, we and Telegram might read another."""
    if len(text) > LONGEST:
        raise NotFromTelegram("too long")
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:  # of its kind are letters that are none, too
        raise NotFromTelegram("unreadable") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotFromTelegram("a field twice")
    if any("\n" in name or "=" in name for name in fields):
        raise NotFromTelegram("a name that is none")  # a line could be taken for two
    return fields


def _check_age(text: str, longest: timedelta, now: datetime) -> None:
    if DIGITS.fullmatch(text) is None:
        raise NotFromTelegram("no date")
    said = datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(text))
    if said > now + AHEAD:
        raise NotFromTelegram("of the future")
    if now - said > longest:
        raise NotFromTelegram("too old")


def _person(text: str) -> int:
    try:
        user = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotFromTelegram("no user") from error
    number = user.get("id") if isinstance(user, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
        raise NotFromTelegram("no user")
    if user.get("is_bot"):
        raise NotFromTelegram("a bot")
    return number
