"""Finds every text in the sources and brings the .po files up to date: `make words`, then translate what is empty."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from bot.words.wording import DOMAIN, LOCALES

ROOM = Path(__file__).parents[1]
DESK = ROOM.parent / "web/desk"  # says its texts through the same catalogue
KEYWORDS = {"words": None, "plain": None, "mark": None, "n": (1, 2), "plain_n": (1, 2)}


def extract() -> Catalog:
    """Every text of the bot, each with the file it is in."""
    found = Catalog(project="storefront", charset="utf-8")
    for room in (ROOM, DESK):
        methods = [("**.py", "python")]
        for name, line, message, _comments, _context in extract_from_dir(room, methods, keywords=KEYWORDS):
            if message:
                found.add(message, locations=[(name, line)])
    for path in sorted(DESK.rglob("*.html")):
        for line, message in texts_of(path.read_text()):
            found.add(message, locations=[(path.name, line)])
    return found


def texts_of(template: str) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """The texts that a page of the desk says, as `words("…")`, `words.plain("…")` and `words.plain_n("…", "…", n)`."""
    for call in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(template).find_all(nodes.Call):
        said = call.node
        name = said.attr if isinstance(said, nodes.Getattr) else getattr(said, "name", "")
        if name not in KEYWORDS:
            continue
        given = [one.value for one in call.args[: len(KEYWORDS[name] or (1,))] if isinstance(one, nodes.Const)]
        if given:
            yield call.lineno, (given[0], given[1]) if KEYWORDS[name] else given[0]


def bring_up_to_date(path: Path, template: Catalog) -> list[str]:
    """Add new texts to a .po file, drop what nobody says any more; the texts that lack a translation."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, no_location=True, sort_output=True, width=120)
    return [str(message.id) for message in catalogue if message.id and not is_translated(message.string)]


def is_translated(string: object) -> bool:
    """Whether there is a text, in every plural form if it has several."""
    return all(string) if isinstance(string, list | tuple) else bool(string)


def main() -> None:
    """Bring every language up to date and tell what is left to translate."""
    template = extract()
    for path in sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        missing = bring_up_to_date(path, template)
        sys.stdout.write(f"{path}: {len(template) - len(missing)} translated, {len(missing)} missing\n")
        for text in missing:
            sys.stdout.write(f"  {text!r}\n")


if __name__ == "__main__":
    main()
