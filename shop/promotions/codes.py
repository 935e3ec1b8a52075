"""Codes as people type them: folded, so that blanks, dashes and case do not matter."""

import re
import secrets
import unicodedata

LONGEST = 32
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
LENGTH = 10  # 49 bits: a guess of a million a second for a year finds none of a thousand
_BESIDE = re.compile(r"[\s\-_‐‑–—.\"'“”„`*]+")
_CODE = re.compile(r"\w{3,32}")


def fold(text: str) -> str | None:
    """The code in one writing; None for what can be none."""
    folded = _BESIDE.sub("", unicodedata.normalize("NFKC", text[: 4 * LONGEST])).upper()
    return folded if _CODE.fullmatch(folded) else None


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
