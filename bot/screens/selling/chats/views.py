"""What a staff group says when the bot comes in, and the page of connected groups and channels."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.selling.chats.buttons import NAMES, LetGo, ListChats, OpenChat, SetNews, SetPrivate
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import StaffChat
from shop import chats
from shop.notifications.chats import TAKES
from shop.people.permissions import Acting


def settings(words: Words, chat: StaffChat, by: Acting, *, in_group: bool, toast: str | None = None) -> Screen:
    """What arrives in a group, with the keys that change it; a channel takes products only.

    In the group itself the keys are for everybody who may press one; in private they are those of the reader.
    """
    if chat.type == "channel":
        said = words(
            "📣 <b>{title}</b> is connected. <code>/post</code> puts a product there, and keeps it up to date.",
            title=chat.title,
        )
        return Screen(said, _ways(words, chat), toast=toast)
    said = words("👥 <b>{title}</b>: choose which news arrive here.", title=chat.title)
    if not chat.kinds:
        said += "\n\n" + words("Until then nothing does.")
    said += "\n\n" + words(
        "Keys under an order work for those who look after it, and for nobody else. Everybody here reads what the "
        "seller reads: names, addresses, messages."
    )
    if chat.is_forum:
        said += "\n\n" + words(
            "Each kind gets a topic of its own. To use one that is there already, write "
            "<code>/here orders</code> in it (or money, questions, reviews)."
        )
    on = chat.kinds.split(",")
    kinds = [kind for kind in chats.KINDS if in_group or by.may(TAKES[kind])]
    rows: list[tuple[Key, ...]] = [(_news(words, chat, kind, on=kind in on),) for kind in kinds]
    rows.append((_private(words, chat),))
    return Screen(said, tuple(rows) if in_group else (*rows, *_ways(words, chat)), toast=toast)


def overview(words: Words, known: Sequence[StaffChat], link: str) -> Screen:
    """All groups and channels that are connected, and how to connect one more."""
    said = words("👥 <b>Groups and channels</b>")
    if not known:
        said += "\n\n" + words("None is connected yet.")
    said += "\n\n" + words(
        "Add me to a group, and orders, money, questions and reviews can arrive there. Make me an administrator of a "
        "channel, and <code>/post</code> puts products there."
    )
    rows = [(Key(_label(words, chat), OpenChat(chat.id)),) for chat in known[:10]]
    adding = (
        (Key(words.plain("➕ Add me to a group"), url=f"{link}?startgroup=connect"),),
        (Key(words.plain("➕ Add me to a channel"), url=f"{link}?startchannel&admin=post_messages+edit_messages"),),
    )
    return Screen(said, (*rows, *adding, (ways.home(words),)))


def ask_let_go(words: Words, chat: StaffChat) -> Screen:
    """Whether to disconnect."""
    said = words("Disconnect <b>{title}</b>? Nothing arrives there any more.", title=chat.title)
    yes = Key(words.plain("Disconnect"), LetGo(chat.id, sure=True), style="danger")
    return Screen(said, ((yes,), (ways.back(words, OpenChat(chat.id)),)))


def topic_set(words: Words, kind: str) -> Screen:
    """A topic was chosen for a kind of news."""
    return Screen(words("✅ {kind}: arrives in this topic from now on.", kind=words.plain(NAMES[kind])))


def topic_unclear(words: Words) -> Screen:
    """Which kind was not said."""
    return Screen(
        words("Write which news shall arrive in this topic: <code>/here orders</code> (or money, questions, reviews).")
    )


def lost(words: Words, title: str, *, why: str = "") -> Screen:
    """We are not in the group any more, or nothing is written there because of who let us in or out."""
    if why == "let_go":
        said = words(
            "⚠️ Who connected <b>{title}</b> works for you no more, so nothing arrives there. Its news come to you "
            "here again. To go on there, write <code>/connect</code> in it.",
            title=title,
        )
    elif why == "disconnected":
        said = words("ℹ️ <b>{title}</b> was disconnected by your staff. Its news come to you here again.", title=title)
    else:
        said = words("⚠️ I cannot write in <b>{title}</b> any more. Its news come to you here again.", title=title)
    return Screen(said, ((Key(words.plain("👥 Groups and channels"), ListChats()),),))


def _news(words: Words, chat: StaffChat, kind: str, *, on: bool) -> Key:
    return Key(f"{'✅' if on else '▫️'} {words.plain(NAMES[kind])}", SetNews(chat.id, kind, not on))


def _private(words: Words, chat: StaffChat) -> Key:
    sign = "✅" if chat.keeps_private else "▫️"
    return Key(f"{sign} {words.plain('In my private chat, too')}", SetPrivate(chat.id, not chat.keeps_private))


def _label(words: Words, chat: StaffChat) -> str:
    if chat.type == "channel":
        return f"📣 {chat.title}"[:60]
    kinds = ", ".join(words.plain(NAMES[kind]) for kind in chat.kinds.split(",") if kind)
    return f"👥 {chat.title[:24]}{': ' if kinds else ''}{kinds}"[:60]


def _ways(words: Words, chat: StaffChat) -> tuple[tuple[Key, ...], ...]:
    return ((Key(words.plain("Disconnect"), LetGo(chat.id)),), (ways.back(words, ListChats()), ways.home(words)))
