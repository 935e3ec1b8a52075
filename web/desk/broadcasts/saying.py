"""A broadcast in words: how it stands, whom it is for, what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.models import Broadcast, BroadcastState, RecipientState
from shop.broadcasts import Figures
from web.desk.words import Words, mark

SAID = 160  # letters of a text in the list
STATES: Mapping[BroadcastState, tuple[str, str]] = {
    BroadcastState.DRAFT: (mark("draft"), "yellow"),
    BroadcastState.RUNNING: (mark("goes out"), "blue"),
    BroadcastState.STOPPED: (mark("stopped"), "secondary"),
    BroadcastState.DONE: (mark("sent"), "green"),
}
OUTCOMES: Mapping[RecipientState, str] = {
    RecipientState.SENT: mark("Delivered"),
    RecipientState.WAITING: mark("Waiting"),
    RecipientState.BLOCKED: mark("Blocked the shop"),
    RecipientState.LEFT_OUT: mark("Left out: no news wanted, or not reachable"),
    RecipientState.FAILED: mark("Failed"),
    RecipientState.UNKNOWN: mark("Unclear, not sent again"),
}
PARTS: Mapping[str, str] = {
    "bought": mark("Have ordered"),
    "once": mark("Ordered once"),
    "cart": mark("Left a cart behind"),
}
DAYS = (30, 90, 180)
LANGUAGES = ("en", "de", "ru", "es", "tr", "ar")
A_SECOND = 30  # copies, as Telegram permits
LONG = 100  # seconds, from which on people count minutes


def row(words: Words, one: Broadcast) -> dict[str, Any]:
    """One in the list."""
    label, colour = STATES[one.state]
    waits = one.state is BroadcastState.DRAFT and one.starts_at is not None
    text = " ".join(one.text.split())
    return {
        "id": one.id,
        "text": text if len(text) <= SAID else text[:SAID].rstrip() + "…",
        "standing": words.plain("waits for its time") if waits else words.plain(label),
        "colour": "blue" if waits else colour,
        "at": words.datetime(one.starts_at if waits and one.starts_at else one.started_at or one.created_at),
    }


def part(words: Words, name: str, bought: str = "") -> str:
    """What people have in common; `bought` is the name of the product."""
    kind, _, number = name.partition("-")
    if name in PARTS:
        return words.plain(PARTS[name])
    if kind == "quiet":
        return words.plain_n("Away {n} day", "Away {n} days", int(number or DAYS[0]))
    if kind == "product":
        return words.plain("Bought {product}", product=bought or words.plain("a product"))
    return words.name_of(name)


def offered(words: Words, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """What they could have in common besides."""
    every = [*PARTS, *(f"quiet-{n}" for n in DAYS), *LANGUAGES]
    return [(one, part(words, one)) for one in every if one not in chosen]


def figures(words: Words, told: Figures) -> list[tuple[str, str]]:
    """What came of it so far, a line each."""
    lines = [
        (words.plain(label), words.number(told.states[state]))
        for state, label in OUTCOMES.items()
        if told.states.get(state)
    ]
    lines.append((words.plain("Orders within a week"), words.number(told.bought)))
    lines.append((words.plain("Want no more news"), words.number(told.refused)))
    return lines


def lasts(words: Words, many: int) -> str:
    """How long it takes to bring so many."""
    seconds = max(1, -(-many // A_SECOND))
    if seconds < LONG:
        return words.plain_n("{n} second", "{n} seconds", seconds)
    return words.plain_n("{n} minute", "{n} minutes", -(-seconds // 60))
