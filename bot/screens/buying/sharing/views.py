"""A link with its QR code."""

from bot.screens.parts import ways
from bot.screens.parts.links import share_url
from bot.sending.button import Button
from bot.sending.reply import Document, Key
from bot.words import Html, Words


def shared(
    words: Words,
    name: str,
    link: str,
    picture: bytes,
    back: Button,
    *,
    inline: str | None = None,
    note: Html | None = None,
) -> Document:
    """The QR code of a link; with `inline`, what is sent on is the card that the bot finds for this text."""
    caption = words("<b>{name}</b>\n<code>{link}</code>", name=name, link=link)
    if note is not None:
        caption += Html("\n\n") + note
    to_chat = Key(words.plain("↗️ Send to a chat"), url=share_url(link, name))
    if inline is not None:
        to_chat = Key(words.plain("↗️ Send to a chat"), inline=inline)
    rows = ((Key(words.plain("📋 Copy the link"), copy=link), to_chat), (ways.back(words, back), ways.home(words)))
    return Document("qr.png", picture, caption, rows, is_photo=True)
