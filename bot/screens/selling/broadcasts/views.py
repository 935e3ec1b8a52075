"""Broadcasts as their seller sees them: the list, a draft and its people, the question, the figures."""

from collections.abc import Mapping, Sequence

from bot.screens.parts import ways
from bot.screens.selling.broadcasts.buttons import (
    ChoosePart,
    ListBroadcasts,
    OpenBroadcast,
    SetGoingOut,
    StartBroadcast,
    TryBroadcast,
    WriteBroadcast,
)
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from db.models import Broadcast, BroadcastState, RecipientState
from shop.broadcasts import Standing

A_SECOND = 30  # copies, as Telegram permits
SHOWN = 600  # letters of the text on its seller's screen

PARTS: Mapping[str, str] = {
    "bought": mark("Have ordered"),
    "once": mark("Ordered once"),
    "cart": mark("Left a cart behind"),
    "quiet": mark("Not here for 30 days"),
    "en": "English",
    "de": "Deutsch",
    "ru": "Русский",
}
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
    keys = tuple(
        (Key(f"{STATES[one.state]} {' '.join(one.text.split())[:40]}", OpenBroadcast(one.id)),) for one in found
    )
    turn = ways.pages(
        words, ListBroadcasts() if paged else None, ListBroadcasts(following) if following is not None else None
    )
    return Screen(text, (*keys, turn, (Key(words.plain("✍️ Write news"), WriteBroadcast()),), (ways.home(words),)))


def ask(words: Words) -> Screen:
    """Asks for the text."""
    text = words("📣 Write the message as your customers shall read it.\n\nNothing goes out yet: you see it first.")
    return Screen(text, ((ways.back(words, ListBroadcasts()),),))


def to_draft(words: Words, broadcast_id: int) -> Key:
    """Back to the draft."""
    return ways.back(words, OpenBroadcast(broadcast_id))


def one(words: Words, standing: Standing, *, toast: str | None = None) -> Screen:
    """A draft, or what became of it."""
    broadcast = standing.broadcast
    text = words("📣 <b>News</b>\n\n<blockquote>{text}</blockquote>", text=broadcast.text[:SHOWN])
    if broadcast.state is BroadcastState.DRAFT:
        return _draft(words, standing, text, toast)
    text += "\n\n" + _figures(words, standing)
    rows: list[tuple[Key, ...]] = []
    if broadcast.state is BroadcastState.RUNNING:
        rows.append((Key(words.plain("⏸ Stop"), SetGoingOut(broadcast.id, running=False)),))
    elif broadcast.state is BroadcastState.STOPPED:
        rows.append((Key(words.plain("▶️ Continue"), SetGoingOut(broadcast.id, running=True)),))
    rows.append((Key(words.plain("🔄 Refresh"), OpenBroadcast(broadcast.id)),))
    return Screen(text, (*rows, (ways.back(words, ListBroadcasts()), ways.home(words))), toast=toast)


def sure(words: Words, standing: Standing) -> Screen:
    """Asked once before it goes out."""
    text = words(
        "📣 Send this to {people}? It takes about {time}.",
        people=_people(words, standing.size),
        time=_time(words, standing.size),
    )
    yes = Key(words.plain("📤 Send it"), StartBroadcast(standing.broadcast.id), style="primary")
    return Screen(text, ((yes,), (to_draft(words, standing.broadcast.id),)))


def _draft(words: Words, standing: Standing, text: str, toast: str | None) -> Screen:
    broadcast = standing.broadcast
    text += "\n\n" + words("Reaches {people} now.", people=_people(words, standing.size))
    text += "\n" + words("Choose up to two things that they have in common.")
    parts = [_part(words, broadcast, part) for part in PARTS]
    rows = (
        *(tuple(parts[start : start + 2]) for start in range(0, 4, 2)),
        tuple(parts[4:]),
        (Key(words.plain("👁 Send it to me"), TryBroadcast(broadcast.id)),),
        (Key(words.plain("📤 Send"), StartBroadcast(broadcast.id), style="primary"),),
        (ways.back(words, ListBroadcasts()), ways.home(words)),
    )
    return Screen(text, rows, toast=toast)


def _part(words: Words, broadcast: Broadcast, part: str) -> Key:
    chosen = part in broadcast.segment
    return Key(("✓ " if chosen else "") + words.plain(PARTS[part]), ChoosePart(broadcast.id, part, chosen=not chosen))


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


def _people(words: Words, many: int) -> str:
    return words.plain_n("{n} person", "{n} people", many)


def _time(words: Words, many: int) -> str:
    seconds = max(1, -(-many // A_SECOND))
    if seconds < 100:  # noqa: PLR2004  people count seconds up to there
        return words.plain_n("{n} second", "{n} seconds", seconds)
    return words.plain_n("{n} minute", "{n} minutes", -(-seconds // 60))
