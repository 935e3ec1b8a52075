"""How far a list is, what became of it, and what was put back of it."""

from datetime import datetime

from bot.screens.parts import ways
from bot.screens.selling.lists.buttons import OpenList, UndoList
from bot.screens.selling.lists.fields import FIELDS
from bot.screens.selling.lists.views import numbers
from bot.screens.selling.products.buttons import OpenProducts
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import ImportRun, ImportState
from shop.importing import Counts, may_be_undone, runs

SHOWN = 10  # products that were left
NAME = 60  # letters of one


def run(words: Words, one: ImportRun, *, now: datetime, note: str = "") -> Screen:
    """The list as it stands; `note` (HTML) is what was just refused."""
    rows: list[tuple[Key, ...]] = []
    parts: list[Html] = []
    match one.state:
        case ImportState.WRITING:
            parts = [words("⏳ <b>Taking in</b> · {file}", file=one.name), _far(words, one)]
            rows.append((Key(words.plain("↻ How far?"), OpenList(one.id)),))
        case ImportState.WRITTEN:
            parts = [words("✅ <b>Taken in</b>"), numbers(words, Counts(one.new, one.changed, one.aside))]
            if one.position < one.total:
                parts = [words("⚠️ <b>Taken in as far as it came</b>"), _far(words, one), *parts[1:]]
                parts.append(words("Send the file once more for the rest."))
            if may_be_undone(one, now) and one.new + one.changed and one.written_at is not None:
                until = words.time_of(one.written_at + runs.UNDO)
                rows.append((Key(words.plain("↩️ Undo (until {time})", time=until), UndoList(one.id)),))
        case ImportState.UNDOING:
            parts = [words("⏳ <b>Putting back</b> · {file}", file=one.name)]
            rows.append((Key(words.plain("↻ How far?"), OpenList(one.id)),))
        case ImportState.UNDONE:
            parts = [words("↩️ <b>Put back</b> · {file}", file=one.name), _back(words, one)]
    rows.append((Key(words.plain("🏷 My products"), OpenProducts()), ways.home(words)))
    return Screen(Html("\n\n").join([*([note] if note else []), *parts]), tuple(rows))


def sure(words: Words, one: ImportRun, yes: UndoList) -> Screen:
    """The question."""
    text = words(
        "↩️ <b>Put back what this list changed?</b>\n\n{numbers}\n\nNew products go; those that somebody ordered are "
        "taken off sale. What was changed since stays as it is, and I say which. Sales keep counting.",
        numbers=numbers(words, Counts(one.new, one.changed, 0)),
    )
    go = Key(words.plain("↩️ Undo"), yes, style="danger")
    return Screen(text, ((go,), (ways.back(words, OpenList(one.id)),)))


def _far(words: Words, one: ImportRun) -> Html:
    return words("{n} of {total} products", n=words.number(one.position), total=words.number(one.total))


def _back(words: Words, one: ImportRun) -> Html:
    lines = [words("Put back: <b>{n}</b>", n=words.number(one.put_back))]
    if one.kept_count:
        lines.append(words("Left, as they were changed since: <b>{n}</b>", n=words.number(one.kept_count)))
    for each in one.kept[:SHOWN]:
        fields = ", ".join(words.plain(FIELDS[field]) for field in each["fields"] if field in FIELDS)
        lines.append(words("• {name}: {fields}", name=str(each["name"])[:NAME], fields=fields))
    if one.kept_count > SHOWN:
        lines.append(words("… and {n} more", n=words.number(one.kept_count - SHOWN)))
    return Html("\n").join(lines)
