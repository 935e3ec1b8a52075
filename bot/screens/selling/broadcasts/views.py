"""Broadcasts as their seller sees them: the list, a draft and its people, the question, the figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.screens.parts import ways
from bot.screens.parts.news import written
from bot.screens.selling.broadcasts.buttons import (
    AskTime,
    ListBroadcasts,
    OpenBroadcast,
    OpenPeople,
    SetGoingOut,
    SetTime,
    StartBroadcast,
    TryBroadcast,
    WriteBroadcast,
)
from bot.screens.selling.broadcasts.moments import as_minute
from bot.screens.selling.broadcasts.people_views import described, how_many
from bot.sending.cutting import fit
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from db.models import Broadcast, BroadcastState, RecipientState
from shop.broadcasts import Standing

A_SECOND = 30  # copies, as Telegram permits
SHOWN = 600  # letters of the text on its seller's screen

STATES: Mapping[BroadcastState, str] = {
    BroadcastState.DRAFT: "✏️",
    BroadcastState.RUNNING: "📤",
    BroadcastState.STOPPED: "⏸",
    BroadcastState.DONE: "✅",
}
OUTCOMES: Mapping[RecipientState, str] = {
    RecipientState.SENT: mark("Delivered: {n}"),
    RecipientState.WAITING: mark("Waiting: {n}"),
    RecipientState.BLOCKED: mark("Blocked the shop: {n}"),
    RecipientState.LEFT_OUT: mark("Left out (no news wanted, or not reachable): {n}"),
    RecipientState.FAILED: mark("Failed: {n}"),
    RecipientState.UNKNOWN: mark("Unclear, not sent again: {n}"),
}


def listed(words: Words, found: Sequence[Broadcast], *, paged: bool, following: int | None) -> Screen:
    """A page of them."""
    text = words("📣 <b>News to your customers</b>")
    if not found:
        text += "\n\n" + words("Nothing was sent yet.")
    keys = tuple((Key(_label(one), OpenBroadcast(one.id)),) for one in found)
    turn = ways.pages(
        words, ListBroadcasts() if paged else None, ListBroadcasts(following) if following is not None else None
    )
    return Screen(text, (*keys, turn, (Key(words.plain("✍️ Write news"), WriteBroadcast()),), (ways.home(words),)))


def ask(words: Words) -> Screen:
    """Asks for the text."""
    text = words(
        "📣 Write the message as your customers shall read it: bold, links and the rest stay, and "
        "a photo may go with it."
        "\n\nNothing goes out yet: you see it first."
    )
    return Screen(text, ((ways.back(words, ListBroadcasts()),),))


def to_draft(words: Words, broadcast_id: int) -> Key:
    """Back to the draft."""
    return ways.back(words, OpenBroadcast(broadcast_id))


def one(words: Words, standing: Standing, *, toast: str | None = None) -> Screen:
    """A draft, or what became of it."""
    broadcast = standing.broadcast
    text = words("📣 <b>News</b>") + f"\n\n<blockquote>{fit(written(broadcast), SHOWN)}</blockquote>"
    if broadcast.photo_file_id is not None:
        text += "\n" + words("🖼 with a photo")
    if broadcast.state is BroadcastState.DRAFT:
        return _draft(words, standing, text, toast)
    text += "\n\n" + _figures(words, standing)
    rows: list[tuple[Key, ...]] = []
    if broadcast.state is BroadcastState.RUNNING:
        rows.append((Key(words.plain("⏸ Stop"), SetGoingOut(broadcast.id, running=False)),))
    elif broadcast.state is BroadcastState.STOPPED:
        rows.append((Key(words.plain("▶️ Continue"), SetGoingOut(broadcast.id, running=True)),))
    rows.append((Key(words.plain("🔄 Refresh"), OpenBroadcast(broadcast.id)),))
    # while it goes out, this message is edited from time to time: it leads to nothing that would be edited away
    last = [ways.back(words, ListBroadcasts())]
    if broadcast.state is not BroadcastState.RUNNING:
        last.append(ways.home(words))
    return Screen(text, (*rows, tuple(last)), toast=toast)


def sure(words: Words, standing: Standing) -> Screen:
    """Asked once before it goes out."""
    text = words(
        "📣 Send this to {people}? It takes about {time}.",
        people=how_many(words, standing.size),
        time=_time(words, standing.size),
    )
    yes = Key(words.plain("📤 Send it"), StartBroadcast(standing.broadcast.id), style="primary")
    return Screen(text, ((yes,), (to_draft(words, standing.broadcast.id),)))


def _draft(words: Words, standing: Standing, text: str, toast: str | None) -> Screen:
    broadcast = standing.broadcast
    text += "\n\n" + words("Reaches {people} now.", people=how_many(words, standing.size))
    if broadcast.segment:
        text += "\n" + words("👥 {people}", people=described(words, broadcast))
    send = (
        Key(words.plain("📤 Send"), StartBroadcast(broadcast.id), style="primary"),
        Key(words.plain("🕑 Send later"), AskTime(broadcast.id)),
    )
    if broadcast.starts_at is not None:
        text += "\n\n" + words(
            "🕑 Goes out by itself: <b>{when}</b>",
            when=words.there(broadcast.starts_at, words.datetime(broadcast.starts_at), "wDt"),
        )
        send = (
            Key(words.plain("✕ Do not send"), SetTime(broadcast.id)),
            Key(words.plain("🕑 Another time"), AskTime(broadcast.id)),
        )
    rows = (
        (
            Key(words.plain("👥 For whom"), OpenPeople(broadcast.id)),
            Key(words.plain("👁 Send it to me"), TryBroadcast(broadcast.id)),
        ),
        send,
        (ways.back(words, ListBroadcasts()), ways.home(words)),
    )
    return Screen(text, rows, toast=toast)


def ask_time(words: Words, broadcast_id: int, moments: Sequence[datetime], *, problem: str = "") -> Screen:
    """Asks when it shall go out."""
    text = words("🕑 When shall it go out? Tap, or write a time: <code>18:00</code>, <code>24.12. 18:00</code>")
    keys = tuple((Key(words.datetime(moment), SetTime(broadcast_id, as_minute(moment))),) for moment in moments)
    return Screen("\n\n".join(part for part in (problem, text) if part), (*keys, (to_draft(words, broadcast_id),)))


def _label(one: Broadcast) -> str:
    symbol = "🕑" if one.state is BroadcastState.DRAFT and one.starts_at is not None else STATES[one.state]
    return f"{symbol} {' '.join(one.text.split())[:40]}"


def _figures(words: Words, standing: Standing) -> str:
    figures = standing.figures
    lines = [
        words(said, n=words.number(figures.states[state]))
        for state, said in OUTCOMES.items()
        if figures.states.get(state)
    ]
    lines.append(words("Orders within a week: {n}", n=words.number(figures.bought)))
    lines.append(words("Want no more news: {n}", n=words.number(figures.refused)))
    return "\n".join(lines)


def _time(words: Words, many: int) -> str:
    seconds = max(1, -(-many // A_SECOND))
    if seconds < 100:  # noqa: PLR2004  people count seconds up to there
        return words.plain_n("{n} second", "{n} seconds", seconds)
    return words.plain_n("{n} minute", "{n} minutes", -(-seconds // 60))
