"""Finding text in any language and either case, on each database by its own means; and what was meant by a typo."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from sqlalchemy import ColumnElement, String, and_, case, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Product

MAX_TEXT = 64  # characters
MAX_WORDS = 6
MAX_NAME = 128  # characters of a name that are compared
TYPO_LETTERS = 3  # a shorter word is no typo of another one
ALIKE = 0.7  # of 1: from here on a word is taken for another one (difflib's ratio)
MEANT = 0.5  # of 1: so much of what was written a name must answer


def matches(text: str, dialect: str) -> ColumnElement[bool]:
    """Every word of `text` occurs in the name or the description, in either case.

    SQLite folds only ASCII and PostgreSQL only what its locale knows, so both are asked for each letter in either
    case ("[зЗ][еЕ]"); MariaDB and MySQL fold all of Unicode by themselves.
    """
    words = _words(text)
    if not words:
        return false()
    return and_(
        *(or_(_holds(Product.name, word, dialect), _holds(Product.description, word, dialect)) for word in words)
    )


def likeness(text: str, dialect: str) -> ColumnElement[int] | None:
    """How many pieces of `text` occur in the name: one wrong letter leaves one half of a word as it should be.

    None when there is no word in it.
    """
    pieces = {piece for word in _plain_words(text)[:MAX_WORDS] for piece in _halves(word)}
    hits = [case((_holds(Product.name, piece, dialect), 1), else_=0) for piece in sorted(pieces)]
    return sum(hits[1:], hits[0]) if hits else None


def best_guesses(text: str, names: Iterable[tuple[int, str]], most: int) -> list[int]:
    """The ids of the names that were probably meant, best first."""
    wanted = _plain_words(text)[:MAX_WORDS]
    scored = [(_answered(wanted, name), number) for number, name in names]
    good = sorted((-score, number) for score, number in scored if score >= MEANT)
    return [number for _, number in good[:most]]


def _answered(wanted: list[str], name: str) -> float:
    offered = _plain_words(name)
    return sum(max((_alike(word, other) for other in offered), default=0.0) for word in wanted) / max(len(wanted), 1)


def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) < TYPO_LETTERS:
        return 0.0
    ratio = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _words(text: str) -> list[str]:
    return text.strip()[:MAX_TEXT].split()[:MAX_WORDS]


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text[:MAX_NAME].casefold())


def _halves(word: str) -> tuple[str, ...]:
    if len(word) <= TYPO_LETTERS:
        return (word,)
    return word[: len(word) // 2], word[len(word) // 2 :]


def _holds(column: InstrumentedAttribute[str], word: str, dialect: str) -> ColumnElement[bool]:
    if dialect == "sqlite":
        return column.op("GLOB", is_comparison=True)(f"*{glob_pattern(word)}*")
    if dialect == "postgresql":
        return column.op("~", is_comparison=True)(regex_pattern(word))
    return func.lower(column, type_=String).contains(word.lower(), autoescape=True)


def glob_pattern(word: str) -> str:
    """The word as a SQLite GLOB that matches it in either case and takes no letter for a wildcard."""
    return "".join(
        f"[{''.join(cases)}]" if len(cases := _cases(letter)) > 1 or letter in "*?[" else letter for letter in word
    )


def regex_pattern(word: str) -> str:
    """The word as a regular expression that matches it in either case."""
    return "".join(f"[{''.join(cases)}]" if len(cases := _cases(letter)) > 1 else re.escape(letter) for letter in word)


def _cases(letter: str) -> list[str]:
    """The letter in both cases, as long as each is one letter ("ß" has no single capital)."""
    return sorted({case for case in (letter, letter.lower(), letter.upper()) if len(case) == 1})
