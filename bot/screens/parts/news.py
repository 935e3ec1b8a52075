"""A broadcast as people see it, with the key that ends more of them."""

from markupsafe import escape

from bot.screens.buying.news.buttons import WantNews
from bot.screens.parts import ways
from bot.sending.pictures import NOBODYS
from bot.sending.reply import Key, Photo, Screen
from bot.words import Words
from db.models import Broadcast


def news(words: Words, broadcast: Broadcast, bot_id: int, *, wanted: bool = True, told: bool = False) -> Screen:
    """The message, its photo if it is this bot's; `told`: its reader has just said whether more is wanted."""
    label = words.plain("🔕 No more news from this shop") if wanted else words.plain("🔔 Send me news again")
    toast = None
    if told:
        toast = words.plain("You get news again.") if wanted else words.plain("You get no more news from this shop.")
    keys = ((Key(label, WantNews(broadcast.id, wanted=not wanted)),), (ways.home(words),))
    return Screen(written(broadcast), keys, photo=picture(broadcast, bot_id), toast=toast)


def written(broadcast: Broadcast) -> str:
    """What its seller wrote, as Telegram HTML."""
    return broadcast.html or escape(broadcast.text)


def picture(broadcast: Broadcast, bot_id: int) -> Photo | None:
    """Its photo, where this bot can show it."""
    mine = broadcast.photo_file_id is not None and broadcast.photo_bot_id == bot_id
    return Photo(NOBODYS, broadcast.photo_file_id) if mine else None
