"""What every question before money goes back has: the key that makes it store credit instead."""

from bot.sending.button import Button
from bot.sending.reply import Key
from bot.words import Words
from db.models import Order
from db.money import STARS


def credit_key(words: Words, order: Order, turn: Button, *, on: bool) -> tuple[Key, ...]:
    """As credit, or as money; Stars go back as Stars."""
    if order.currency == STARS:
        return ()
    label = words.plain("🎁 As credit in my shop")
    return (Key(f"✅ {label}" if on else f"▫️ {label}", turn),)
