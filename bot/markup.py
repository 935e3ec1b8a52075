"""What Telegram reads: plain values and keyboards as JSON."""

from typing import Any

from msgspec.json import Encoder

from bot.reply import Key, Keyboard

MAX_COPY = 256  # characters, Bot API


def _plain(value: object) -> str:
    """A text that is marked as HTML is a text. Raises TypeError for what is none."""
    if isinstance(value, str):
        return str(value)
    message = f"{type(value).__name__} is not a plain value"
    raise TypeError(message)


encode = Encoder(enc_hook=_plain).encode


def as_json(value: object) -> str:
    """A value within a call's parameters, which are texts themselves. Raises TypeError for what is not plain."""
    return encode(value).decode()


def keyboard_json(keyboard: Keyboard) -> str:
    """The inline keyboard; an empty one takes the keyboard of an edited message away."""
    return as_json({"inline_keyboard": [[_key(key) for key in row] for row in keyboard if row]})


def _key(key: Key) -> dict[str, Any]:
    look = {"text": key.label} if key.style is None else {"text": key.label, "style": key.style}
    if key.button is not None:
        return {**look, "callback_data": key.button.pack()}
    if key.url is not None:
        return {**look, "url": key.url}
    if key.copy is not None:
        return {**look, "copy_text": {"text": key.copy[:MAX_COPY]}}
    return {**look, "pay": True}
