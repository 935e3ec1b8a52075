"""Finding text in any language and either case, on each database by its own means."""

import re

from sqlalchemy import ColumnElement, String, and_, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Product

MAX_TEXT = 64  # characters
MAX_WORDS = 6


def matches(text: str, dialect: str) -> ColumnElement[bool]:
    """Every word of `text` occurs in the name or the description, in either case.

    SQLite folds only ASCII and PostgreSQL only what its locale knows, so both are asked for each letter in either
    case ("[зЗ][еЕ]"); MariaDB and MySQL fold all of Unicode by themselves.
    """
    words = text.strip()[:MAX_TEXT].split()[:MAX_WORDS]
    if not words:
        return false()
    return and_(
        *(or_(_holds(Product.name, word, dialect), _holds(Product.description, word, dialect)) for word in words)
    )


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
