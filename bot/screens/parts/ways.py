"""Keys that many screens share: home, back, and the turning of pages."""

from bot.screens.buying.home.buttons import OpenHome
from bot.sending.button import Button
from bot.sending.reply import Key
from bot.words import Words


def home(words: Words) -> Key:
    """To the first screen."""
    return Key(words.plain("🏠 Home"), OpenHome())


def back(words: Words, to: Button) -> Key:
    """To where the person came from."""
    return Key(words.plain("‹ Back"), to)


def read_all(words: Words, to: Button) -> Key:
    """To all of a text that is cut here."""
    return Key(words.plain("📖 Read all of it"), to)


def pages(words: Words, previous: Button | None, following: Button | None) -> tuple[Key, ...]:
    """The row that turns pages; empty when there is only one."""
    keys = []
    if previous is not None:
        keys.append(Key(words.plain("« Previous"), previous))
    if following is not None:
        keys.append(Key(words.plain("Next »"), following))
    return tuple(keys)
