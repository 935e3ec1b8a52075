"""Who somebody is, for operators: in a line, and with everything that tells two people apart."""

from bot.words import Html, Words
from db.models import User


def about(words: Words, telegram_id: int, person: User | None) -> str:
    """Who somebody is (HTML): name, @username, id, and when they were here last."""
    if person is None or person.seen_at is None:
        return words("Nobody who was here before\nTelegram id: <code>{id}</code>", id=telegram_id)
    lines = [words("<b>{name}</b>", name=person.name or words.plain("No name"))]
    if person.username:
        lines.append(words("@{username}", username=person.username))
    lines.append(words("Telegram id: <code>{id}</code>", id=telegram_id))
    lines.append(words("Last here: {date}", date=words.date(person.seen_at)))
    return Html("\n").join(lines)


def called(person: User) -> str:
    """How a person is known: name, username, id, whatever there is."""
    handle = f"@{person.username}" if person.username else str(person.telegram_id or "")
    return f"{person.name} ({handle})" if person.name and handle else person.name or handle
