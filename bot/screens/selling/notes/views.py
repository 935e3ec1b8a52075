"""The notes about an order, and the questions about them."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.selling.notes.buttons import OpenNotes, RemoveNote, WriteOrderNote
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import OrderNote
from shop.orders.notes import LENGTH, Noted

PAGE = 4


def page(words: Words, asked: OpenNotes, found: Sequence[Noted]) -> Screen:
    """A page of notes, newest first; of `found` the one after the page only says that there are more."""
    shown, order_id = found[:PAGE], asked.order_id
    parts = [words("📌 <b>Notes about order {number}</b>\nThe customer never sees them.", number=order_id)]
    rows: list[tuple[Key, ...]] = []
    for place, one in enumerate(shown, 1):
        note, n = one.note, words.number(place)
        who = one.who or words.plain("The shop")
        when = words.datetime(note.updated_at)
        head = words("<b>{n}.</b> {name} · {time}", n=n, name=who, time=when)
        if note.updated_at != note.created_at:
            head = words("<b>{n}.</b> {name} · {time}, changed", n=n, name=who, time=when)
        parts.append(head + words("\n<blockquote>{note}</blockquote>", note=note.text))
        change = Key(words.plain("✏️ Change {n}", n=n), WriteOrderNote(order_id, note.id))
        rows.append((change, Key(words.plain("🗑 Remove {n}", n=n), RemoveNote(note.id))))
    if not shown:
        parts.append(words("There are none."))
    first = OpenNotes(order_id) if asked.before is not None else None
    older = OpenNotes(order_id, shown[-1].note.id) if len(found) > PAGE else None
    rows += [ways.pages(words, first, older), (Key(words.plain("📌 Write a note"), WriteOrderNote(order_id)),)]
    rows.append((ways.back(words, OpenSale(order_id)), ways.home(words)))
    return Screen("\n\n".join(parts), tuple(rows))


def ask(words: Words, order_id: int, before: str) -> Screen:
    """Asks for the words of a note."""
    text = words(
        "📌 Write what to keep in mind about order {number}, at most {most} characters. The customer never sees it.",
        number=order_id,
        most=words.number(LENGTH),
    )
    if before:
        text += words("\n\nUntil now:\n<blockquote>{note}</blockquote>", note=before)
    return Screen(text, ((ways.back(words, OpenNotes(order_id)),),))


def ask_remove(words: Words, note: OrderNote) -> Screen:
    """Before a note goes."""
    text = words("🗑 Remove this note?\n<blockquote>{note}</blockquote>", note=note.text)
    yes = Key(words.plain("🗑 Remove it"), RemoveNote(note.id, sure=True), style="danger")
    return Screen(text, ((yes,), (ways.back(words, OpenNotes(note.order_id)),)))
