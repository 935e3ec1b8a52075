"""A broadcast as people see it, with the key that ends more of them."""

from markupsafe import escape

from bot.screens.buying.news.buttons import WantNews
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Words


def news(words: Words, broadcast_id: int, text: str, *, wanted: bool = True, told: bool = False) -> Screen:
    """The message; `told`: its reader has just said whether more is wanted."""
    label = words.plain("🔕 No more news from this shop") if wanted else words.plain("🔔 Send me news again")
    toast = None
    if told:
        toast = words.plain("You get news again.") if wanted else words.plain("You get no more news from this shop.")
    keys = ((Key(label, WantNews(broadcast_id, wanted=not wanted)),), (ways.home(words),))
    return Screen(escape(text), keys, toast=toast)
