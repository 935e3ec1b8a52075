"""What Telegram reads: plain values and keyboards as JSON."""

from typing import Any

import structlog
from msgspec.json import Encoder

from bot.sending.reply import Key, Keyboard, Screen
from bot.sending.rows import rows_of

log = structlog.get_logger()

MAX_COPY = 256  # characters, Bot API
MOST_KEYS, MOST_BYTES = 100, 10_000  # of an inline keyboard; beyond them Telegram refuses the message


def _plain(value: object) -> str:
    """A text that is marked as HTML is a text. Raises TypeError for what is none."""
    if isinstance(value, str):
        return str(value)
    message = f"{type(value).__name__} is not a plain value"
    raise TypeError(message)


encode = Encoder(enc_hook=_plain).encode


def quietly(screen: Screen) -> dict[str, Any]:
    """What a message that arrives without a sound is sent with."""
    return {"disable_notification": True} if screen.quiet else {}


def as_json(value: object) -> str:
    """A value within a call's parameters, which are texts themselves. Raises TypeError for what is not plain."""
    return encode(value).decode()


def keyboard_json(keyboard: Keyboard) -> str:
    """The inline keyboard; an empty one takes the keyboard of an edited message away."""
    rows = [[_key(key) for key in part] for row in keyboard for part in rows_of(row)]
    styles = [key.style for row in keyboard for key in row if key.style is not None]
    if len(styles) > len(set(styles)):  # two keys that shout are none
        log.error("styled_twice", labels=[key.label for row in keyboard for key in row if key.style is not None])
    markup = as_json({"inline_keyboard": rows})
    if sum(map(len, rows)) <= MOST_KEYS and len(markup.encode()) <= MOST_BYTES:
        return markup
    log.error("keyboard_too_large", keys=sum(map(len, rows)), bytes=len(markup.encode()))
    return as_json({"inline_keyboard": _that_fit(rows)})


def _that_fit(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """As many of the first rows as fit above the last one, which is the way out of the screen."""
    kept: list[list[dict[str, Any]]] = []
    keys, size = len(rows[-1]), len(encode(rows[-1])) + len('{"inline_keyboard":[]}')
    for row in rows[:-1]:
        keys += len(row)
        size += len(encode(row)) + 1
        if keys > MOST_KEYS or size > MOST_BYTES:
            break
        kept.append(row)
    return [*kept, rows[-1]]


def _key(key: Key) -> dict[str, Any]:
    look = {"text": key.label} if key.style is None else {"text": key.label, "style": key.style}
    if key.button is not None:
        return {**look, "callback_data": key.button.pack()}
    if key.url is not None:
        return {**look, "url": key.url}
    if key.copy is not None:
        return {**look, "copy_text": {"text": key.copy[:MAX_COPY]}}
    if key.inline is not None:
        return {**look, "switch_inline_query": key.inline}
    return {**look, "pay": True}
