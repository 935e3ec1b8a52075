"""What a file of products would change, why it cannot be read, and what became of it."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.selling.lists import problems
from bot.screens.selling.lists.buttons import TakeIn
from bot.screens.selling.lists.fields import FIELDS
from bot.screens.selling.products.buttons import OpenProducts
from bot.sending.reply import Document, Key, Keyboard, Reply, Screen, Several
from bot.words import Html, Words
from shop.importing import Counts, ImportReport, Problem, Verdict, counts_of

NAMED = 10  # problems in the message; the others are in a file beside it
SHOWN = 5  # changes and notes
SHOPS = {"shopify": "Shopify", "woocommerce": "WooCommerce", "wix": "Wix"}
LONGEST = 160  # letters of a line


def summary(words: Words, name: str, report: ImportReport, yes: TakeIn, *, note: str = "") -> Reply:
    """What it would do, and the question."""
    parts = [note, _title(words, name, report), numbers(words, counts_of(report), _unchanged(report))]
    changes = [
        words(
            "• {name}: {field} {before} → {after}",
            name=diff.name[:60],
            field=words.plain(FIELDS[one.field]) if one.field in FIELDS else one.field,
            before=one.before or "–",
            after=one.after or "–",
        )
        for diff in report.diffs
        for one in diff.changes[:1]
    ][:SHOWN]
    parts += ["\n".join(changes), _aside(words, report.aside)]
    parts.append(
        "\n".join(words("ℹ️ {note}", note=problems.note(words, each)[:LONGEST]) for each in report.notes[:SHOWN])
    )
    keyboard: Keyboard = (
        (Key(words.plain("✅ Take it in"), yes, style="primary"),),
        (Key(words.plain("✕ Cancel"), OpenProducts()),),
    )
    return _with_file(words, report.aside, Screen("\n\n".join(part for part in parts if part), keyboard))


def nothing_new(words: Words, name: str, report: ImportReport) -> Reply:
    """It says what the shop says."""
    parts = [_title(words, name, report), words("It changes nothing: the shop has all of it already.")]
    parts.append(_aside(words, report.aside))
    return _with_file(words, report.aside, Screen("\n\n".join(part for part in parts if part), _ways(words)))


def refused(words: Words, name: str, report: ImportReport) -> Reply:
    """Nothing of it can be taken in."""
    lines = "\n".join(_lines(words, report.problems[:NAMED]))
    text = words("📄 <b>{file}</b>\n\nNothing was taken in.", file=name) + f"\n{lines}"
    parts = [text, _aside(words, report.aside)]
    return _with_file(words, report.aside, Screen("\n\n".join(part for part in parts if part), _ways(words)))


def over(words: Words) -> Screen:
    """The question is not asked any more."""
    return Screen(words("This question is over. Send the file once more."), _ways(words))


def no_list(words: Words) -> Screen:
    """A file of another kind."""
    text = words(
        "This file I cannot use here. I read lists of products: the export of Shopify, WooCommerce or Wix, or a table "
        "with the columns name, price and quantity, saved as CSV or Excel (.xlsx)."
    )
    return Screen(text, _ways(words))


def too_large(words: Words) -> Screen:
    """Telegram does not hand it out."""
    return Screen(words("Telegram hands bots files of up to 20 MB. Split the list into smaller ones."), _ways(words))


def stock_too(words: Words) -> Screen:
    """Half of the permissions."""
    text = words("A list changes products and their stock: you need the permission for both. Ask the owner.")
    return Screen(text, _ways(words))


def _title(words: Words, name: str, report: ImportReport) -> str:
    count = words.n("{n} product", "{n} products", sum(not diff.is_variant for diff in report.diffs))
    if report.source in SHOPS:
        return words(
            "📄 <b>{file}</b>\nAn export of {shop}: {count}.", file=name, shop=SHOPS[report.source], count=count
        )
    return words("📄 <b>{file}</b>\nA list with our own columns: {count}.", file=name, count=count)


def numbers(words: Words, counts: Counts, unchanged: int = 0) -> Html:
    """How many are new, changed, as they are, and set aside: a line each."""
    lines = [
        words("🆕 New: <b>{n}</b>", n=words.number(counts.new)) if counts.new else "",
        words("✏️ Changed: <b>{n}</b>", n=words.number(counts.changed)) if counts.changed else "",
        words("As they are: {n}", n=words.number(unchanged)) if unchanged else "",
        words("⚠️ Set aside: <b>{n}</b>", n=words.number(counts.aside)) if counts.aside else "",
    ]
    return Html("\n").join(line for line in lines if line)


def _unchanged(report: ImportReport) -> int:
    return sum(diff.verdict is Verdict.UNCHANGED for diff in report.diffs)


def _aside(words: Words, aside: Sequence[Problem]) -> str:
    if not aside:
        return ""
    lines = _lines(words, aside[:NAMED])
    if len(aside) > NAMED:
        lines.append(words("All of them are in the file above."))
    return "\n".join([words("These rows cannot be used:"), *lines])


def _lines(words: Words, some: Sequence[Problem]) -> list[str]:
    return [words("• {problem}", problem=problems.problem(words, each)[:LONGEST]) for each in some]


def _with_file(words: Words, aside: Sequence[Problem], screen: Screen) -> Reply:
    """The screen; above it a file with all that is set aside, where the screen does not hold it."""
    if len(aside) <= NAMED:
        return screen
    content = "\n".join(problems.problem(words, each) for each in aside).encode()
    return Several((Document("set-aside.txt", content), screen))


def _ways(words: Words) -> Keyboard:
    return ((Key(words.plain("🏷 My products"), OpenProducts()),), (ways.home(words),))
