"""Sentences that the owner words anew: `[de]` in a TOML file, then our English text = what is said instead.

What counts several things is an array with one text for each form of the language, as in the .po files.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from msgspec import Struct

from bot.words.wording import DOMAIN, LOCALES, Own, languages

LARGEST = 1_000_000  # characters of the file
ROOM = 200  # characters that a sentence may be longer than twice ours
NEAR = 0.6  # of 1: how alike a sentence must be to be the one that was meant (difflib's ratio)
TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler"})
_TAG = re.compile(r"<(/?)([a-z-]+)((?: [^<>]*)?)>")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,6});)")


class Malformed(Struct, frozen=True):
    """What is wrong with the file, and on which line (0: with all of it)."""

    line: int
    wrong: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.wrong}" if self.line else self.wrong


def read_own(text: str) -> tuple[Own, list[Malformed]]:
    """What is said instead, by language and by our English text, and everything that is wrong with the file."""
    if len(text) > LARGEST:
        return {}, [Malformed(0, f"it has more than {LARGEST:,} characters")]
    try:
        written = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        return {}, [Malformed(0, f"it is no TOML: {error}")]
    found: dict[str, Mapping[str, str | tuple[str, ...]]] = {}
    wrong: list[Malformed] = []
    lines = text.splitlines()
    for language, sentences in written.items():
        if language not in languages() or not isinstance(sentences, dict):
            known = ", ".join(languages())
            wrong.append(
                Malformed(_line(lines, language), f"[{language[:20]}] is no language: the shop speaks {known}")
            )
            continue
        for ours, said in sentences.items():
            wrong.extend(Malformed(_line(lines, ours), one) for one in _wrong(language, ours, said))
        found[language] = {ours: tuple(said) if isinstance(said, list) else said for ours, said in sentences.items()}
    return ({}, wrong) if wrong else (found, [])


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str | None]:
    """Everything that the bot says, in English: the text, and for what is counted the text for many."""
    found: dict[str, str | None] = {}
    for message in _catalogue(languages()[1]):
        if isinstance(message.id, tuple | list):
            found[message.id[0]] = message.id[1]
        elif message.id:
            found[message.id] = None
    return found


def as_toml(language: str, containing: str = "", own: Mapping[str, Any] | None = None) -> Iterator[str]:
    """The sentences of a language as lines of such a file, those that contain a text (in English or as it is said).

    `own` are those that the owner words anew already.
    """
    said = {} if language == languages()[0] else {_first(one.id): one.string for one in _catalogue(language) if one.id}
    yield f"[{language}]"
    for ours, many in sentences().items():
        now: Any = (own or {}).get(ours) or said.get(ours, (ours, many) if many is not None else ours)
        forms = list(now) if isinstance(now, tuple | list) else [now]
        if any(containing.casefold() in one.casefold() for one in (ours, *forms)):
            quoted = [_quoted(form) for form in forms]
            yield f"{_quoted(ours)} = " + (quoted[0] if many is None else f"[{', '.join(quoted)}]")


def _catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def _first(text: Any) -> str:
    return str(text[0] if isinstance(text, tuple | list) else text)


def _wrong(language: str, ours: str, said: object) -> Iterator[str]:
    if ours not in sentences():
        yield f"the shop never says {_short(ours)}{_meant(ours)}"
        return
    many = sentences()[ours]
    forms = Catalog(locale=Locale.parse(language)).num_plurals
    if many is not None and (not isinstance(said, list) or len(said) != forms):
        texts = ", ".join(['"…"'] * forms)
        yield f"{_short(ours)} counts something: write [{texts}], a text for each form"
        return
    given: list[Any] = said if isinstance(said, list) else [said]
    if (many is None and isinstance(said, list)) or not all(isinstance(one, str) and one.strip() for one in given):
        yield f"{_short(ours)} wants a text"
        return
    for one in given:
        yield from _wrong_form(ours, many, one)


def _wrong_form(ours: str, many: str | None, said: str) -> Iterator[str]:
    allowed = _fields(ours) | _fields(many or "") | ({"n"} if many is not None else set())
    try:
        fields = _fields(said)
    except ValueError:
        yield f"a {{ or }} in {_short(said)} has no other half"
        return
    if strange := sorted(fields - allowed):
        may = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "nothing"
        yield f"{_short(said)} names {{{strange[0]}}}; here may stand {may}"
    if len(said) > 2 * len(many or ours) + ROOM:
        yield f"{_short(said)} has {len(said)} characters: the place has room for {2 * len(many or ours) + ROOM}"
    if not _is_html(said, ours):
        yield f"{_short(said)} has a tag that is not closed or not known: {', '.join(sorted(TAGS))}; & is &amp;"


def _fields(text: str) -> set[str]:
    """The names in braces; one with a format or a part of something counts whole, and is thereby unknown."""
    found = set()
    for _literal, name, form, conversion in Formatter().parse(text):
        if name is not None:
            found.add(name + (f":{form}" if form else "") + (f"!{conversion}" if conversion else ""))
    return found


def _is_html(said: str, ours: str) -> bool:
    open_tags: list[str] = []
    for closing, name, attributes in _TAG.findall(said):
        if name not in TAGS or (attributes and name not in {"a", "blockquote"}):
            return False
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags and _bare(said) <= _bare(ours)


def _bare(text: str) -> set[str]:
    """Signs that HTML wants written otherwise; where ours has them, it is a label that is shown as it is."""
    return set(_ENTITY.findall(text)) | ({"<"} & set(_TAG.sub("", text)))


def _meant(ours: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only who has made a mistake waits for it

    near = get_close_matches(ours[:ROOM], [one for one in sentences() if len(one) <= 2 * ROOM], n=1, cutoff=NEAR)
    return f"; it says {_quoted(near[0])}" if near else "; storefront words lists what it says"


def _line(lines: list[str], key: str) -> int:
    """Where a key stands: TOML's reader does not tell."""
    quoted = _quoted(key)[1:-1][:60]
    return next((number for number, line in enumerate(lines, 1) if quoted in line or key[:60] in line), 0)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _short(text: str) -> str:
    return _quoted(text if len(text) <= 60 else text[:59] + "…")  # noqa: PLR2004  enough to know which
