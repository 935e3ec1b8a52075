"""What Telegram reads: plain values and keyboards as JSON."""

from typing import Any

from msgspec.json import Encoder

from bot.reply import Key, Keyboard


def _plain(value: object) -> str:
    """A text that is marked as HTML is a text. Raises TypeError for what is none."""
    if isinstance(value, str):
        return str(value)
    message = f"{type(value).__name__} is not a plain value"
    raise TypeError(message)


encode = Encoder(enc_hook=_plain).encode


def keyboard_json(keyboard: Keyboard) -> str:
    """The inline keyboard; an empty one takes the keyboard of an edited message away."""
    return encode({"inline_keyboard": [[_key(key) for key in row] for row in keyboard if row]}).decode()


def _key(key: Key) -> dict[str, Any]:
    if key.button is not None:
        return {"text": key.label, "callback_data": key.button.pack()}
    if key.url is not None:
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "pay": True}
