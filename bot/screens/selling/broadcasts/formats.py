"""What a seller wrote with its format: entities as Telegram HTML, as a message of ours can show it again."""

from telegram import Message

from bot.routing.said import Formatted
from shop.forms.writing import clean

SHOWN = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "blockquote"}
    | {"expandable_blockquote", "custom_emoji"}
)


def as_html(said: Formatted | None) -> str | None:
    """The text or the caption as HTML; None where nothing in it is formatted, or cannot be understood."""
    if said is None:
        return None
    try:
        kept = [entity for entity in said.entities if entity.get("type") in SHOWN]
        if not kept:
            return None
        plain = {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "text": said.text,
            "entities": kept,
        }
        return clean(Message.de_json(plain, None).text_html)
    except (TypeError, ValueError, KeyError, AttributeError, UnicodeError, IndexError):
        return None
