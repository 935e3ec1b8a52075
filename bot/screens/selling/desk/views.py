"""The link to the desk, or that there is none."""

from bot.screens.parts import ways
from bot.screens.selling.desk.buttons import OpenDesk
from bot.sending.reply import Key, Screen
from bot.words import Words


def link(words: Words, url: str) -> Screen:
    """One tap away; whoever has the link is let in, and the screen says so."""
    text = words(
        "🖥 <b>The shop in your browser</b>\n\nThis link signs you in, once, and for ten minutes. Whoever has it is let "
        "in as you: send it to nobody.\n\nInside you can set a password, and then sign in without the chat."
    )
    return Screen(
        text,
        (
            (Key(words.plain("🖥 Open"), url=url, style="primary"), Key(words.plain("📋 Copy"), copy=url)),
            (Key(words.plain("↻ Another link"), OpenDesk()), ways.home(words)),
        ),
    )


def closed(words: Words, *, operator: bool) -> Screen:
    """The shop has no desk."""
    if operator:
        text = words("🖥 The shop has no desk yet. Write its address into the configuration: <code>[desk] url</code>.")
    else:
        text = words("🖥 The shop has no desk in a browser yet. Whoever operates it can open one.")
    return Screen(text, ((ways.home(words),),))
