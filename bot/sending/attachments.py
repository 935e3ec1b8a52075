"""How a file goes to a chat: uploaded, or named where Telegram has it already."""

from collections.abc import Mapping
from typing import Any

from telegram import InputFile, InputMediaPhoto

from bot.sending.cutting import CAPTION, fit
from bot.sending.markup import keyboard_json
from bot.sending.reply import Document, Stored


def call_for(chat_id: int, file: Document | Stored) -> tuple[str, Mapping[str, Any]]:
    """The method of the Bot API that sends it, and what it is told."""
    sent: str | InputFile
    if isinstance(file, Document):
        kind, sent = "document", InputFile(file.content, filename=file.filename, attach=True)
        kind = "photo" if file.is_photo else kind
    else:
        kind, sent = ("photo" if file.is_photo else "document"), file.file_id
    data = {"chat_id": chat_id, kind: sent, "caption": fit(file.caption, CAPTION), "parse_mode": "HTML"}
    if file.keyboard:
        data["reply_markup"] = keyboard_json(file.keyboard)
    return ("sendPhoto" if kind == "photo" else "sendDocument"), data


def edit_for(chat_id: int, message_id: int, picture: Document) -> tuple[str, Mapping[str, Any]]:
    """The method that puts a picture in the place of what a message shows, and what it is told."""
    sent = InputFile(picture.content, filename=picture.filename, attach=True)
    media = InputMediaPhoto(sent, caption=fit(picture.caption, CAPTION), parse_mode="HTML")
    data = {"chat_id": chat_id, "message_id": message_id, "media": media}
    return "editMessageMedia", {**data, "reply_markup": keyboard_json(picture.keyboard)}
