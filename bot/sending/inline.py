"""What is offered in a list over any chat, and how Telegram reads it (answerInlineQuery)."""

from typing import Any

from msgspec import Raw, Struct

from bot.sending.cutting import CAPTION, fit, fit_plain
from bot.sending.markup import as_json, keyboard_json
from bot.sending.reply import Keyboard

MOST_CARDS = 50  # Bot API
TITLE, ABOUT = 64, 120  # letters that a phone shows


class Card(Struct, frozen=True):
    """Something to send into a chat: with a photo that this bot has, or with words alone.

    Its keys are links: whose chat it stands in is not known, so that no other key could be served.
    """

    id: str  # ≤ 64 bytes
    title: str
    about: str
    text: str  # Telegram HTML
    keyboard: Keyboard
    file_id: str | None = None
    picture: str | None = None  # an address that stands beside the title where there is no photo


class Cards(Struct, frozen=True):
    """What is offered, and what Telegram says when the person looks further (empty: that is all)."""

    cards: tuple[Card, ...]
    further: str = ""


def answer_data(query_id: str, offered: Cards, *, seconds: int) -> dict[str, object]:
    """The parameters of answerInlineQuery; for `seconds` Telegram gives the same answer to the same person."""
    return {
        "inline_query_id": query_id,
        "results": as_json([_result(card) for card in offered.cards[:MOST_CARDS]]),
        "cache_time": seconds,
        "is_personal": True,  # its words are in the person's language
        "next_offset": offered.further,
    }


def _result(card: Card) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": card.id,
        "title": fit_plain(card.title, TITLE),
        "description": fit_plain(card.about, ABOUT),
        "reply_markup": Raw(keyboard_json(card.keyboard)),
    }
    if card.file_id is not None:
        caption = fit(card.text, CAPTION)
        return {**shown, "type": "photo", "photo_file_id": card.file_id, "caption": caption, "parse_mode": "HTML"}
    said = {"message_text": card.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    article = {**shown, "type": "article", "input_message_content": said}
    return {**article, "thumbnail_url": card.picture} if card.picture else article
