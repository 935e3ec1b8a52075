"""A keyboard as the JSON that Telegram reads."""

import json

from bot.reply import Key, Keyboard


def keyboard_json(keyboard: Keyboard) -> str:
    """The inline keyboard; an empty one takes the keyboard of an edited message away."""
    return json.dumps({"inline_keyboard": [[_key(key) for key in row] for row in keyboard if row]}, ensure_ascii=False)


def _key(key: Key) -> dict[str, str | bool]:
    if key.button is not None:
        return {"text": key.label, "callback_data": key.button.pack()}
    if key.url is not None:
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "pay": True}
