"""The saved answers of a seller, and the questions about them."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.selling.answers.buttons import ListAnswers, RemoveAnswer, WriteAnswer
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import SavedAnswer
from shop.messages.answers import LENGTH, NAME, NUMBER


def answers(words: Words, found: Sequence[SavedAnswer]) -> Screen:
    """All of them, which are few."""
    parts = [
        words("💬 <b>Saved answers</b>\nTheir keys stand below the question when you write to a customer."),
    ]
    rows: list[tuple[Key, ...]] = []
    for place, answer in enumerate(found, 1):
        n = words.number(place)
        parts.append(words("<b>{n}.</b>\n<blockquote>{text}</blockquote>", n=n, text=answer.text))
        change = Key(words.plain("✏️ Change {n}", n=n), WriteAnswer(answer.id))
        rows.append((change, Key(words.plain("🗑 Remove {n}", n=n), RemoveAnswer(answer.id))))
    if not found:
        parts.append(words("There are none."))
    rows += [(Key(words.plain("💬 Keep an answer"), WriteAnswer()),), (ways.home(words),)]
    return Screen("\n\n".join(parts), tuple(rows))


def ask(words: Words, before: str) -> Screen:
    """Asks for the words of an answer."""
    text = words(
        "💬 Write the answer, at most {most} characters. <code>{name}</code> becomes the customer’s name, "
        "<code>{number}</code> the number of the order.",
        most=words.number(LENGTH),
        name=NAME,
        number=NUMBER,
    )
    if before:
        text += words("\n\nUntil now:\n<blockquote>{note}</blockquote>", note=before)
    return Screen(text, ((ways.back(words, ListAnswers()),),))


def ask_remove(words: Words, answer: SavedAnswer) -> Screen:
    """Before an answer goes."""
    text = words("🗑 Remove this answer?\n<blockquote>{note}</blockquote>", note=answer.text)
    yes = Key(words.plain("🗑 Remove it"), RemoveAnswer(answer.id, sure=True), style="danger")
    return Screen(text, ((yes,), (ways.back(words, ListAnswers()),)))
