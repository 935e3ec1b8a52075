"""What a person wrote with its format: entities as Telegram HTML, as a message of ours can show it again."""

from collections.abc import Mapping
from typing import Any

from telegram import Message

from shop.forms.writing import clean

SHOWN = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "blockquote"}
    | {"expandable_blockquote", "custom_emoji"}
)


def formatted(message: Mapping[str, Any]) -> str | None:
    """The text or the caption as HTML; None where nothing in it is formatted, or cannot be understood."""
    given = message.get("entities") or message.get("caption_entities") or ()
    kept = [entity for entity in given if entity.get("type") in SHOWN]
    if not kept:
        return None
    text = message.get("text") or message.get("caption") or ""
    plain = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": text, "entities": kept}
    try:
        return clean(Message.de_json(plain, None).text_html)
    except (TypeError, ValueError, KeyError, AttributeError, UnicodeError, IndexError):
        return None
