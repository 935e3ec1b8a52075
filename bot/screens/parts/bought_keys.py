"""Keys and files that somebody bought, as every message about them shows them."""

from bot.screens.buying.keys.buttons import GetFile, ReadKeys, SaveKeys
from bot.screens.parts import ways
from bot.sending.reply import Key
from bot.words import Html, Words
from db.models import Unit
from shop.units import Bought

PAGE = 5  # keys of up to 500 letters in one message
COPIED = 256  # letters that a tap copies, Bot API
ON_KEY = 24  # letters of a key on a key of the keyboard


def text(words: Words, bought: Bought) -> Html:
    """The page in words, under the names of the goods."""
    said, above = Html(), ""
    for name, unit in bought.units:
        if name != above:
            said += words("\n\n<b>{name}</b>", name=name)
        above = name
        said += (
            words("\n📎 {name}", name=unit.content) if unit.file_id else words("\n<code>{key}</code>", key=unit.content)
        )
    return said


def rows(words: Words, order_id: int, bought: Bought, page: int = 0) -> tuple[tuple[Key, ...], ...]:
    """What can be done with the page: copied, opened, turned, saved."""
    keys = [(key,) for _, unit in bought.units if (key := _key(words, unit)) is not None]
    previous = ReadKeys(order_id, page - 1) if page else None
    following = ReadKeys(order_id, page + 1) if (page + 1) * PAGE < bought.total else None
    more = [ways.pages(words, previous, following)]
    if bought.total > PAGE:
        more.append((Key(words.plain("💾 All of them as a file"), SaveKeys(order_id)),))
    return (*keys, *more)


def _key(words: Words, unit: Unit) -> Key | None:
    shown = unit.content if len(unit.content) <= ON_KEY else unit.content[: ON_KEY - 1] + "…"
    if unit.file_id:
        return Key(words.plain("📎 {name}", name=shown), GetFile(unit.id))
    if len(unit.content) > COPIED:
        return None
    return Key(words.plain("📋 {key}", key=shown), copy=unit.content)
