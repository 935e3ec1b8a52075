"""Numbers that people type or clients send: their length and digits are looked at before anything counts them."""

import unicodedata

LONGEST_ID = 18  # digits: every number of so many fits into a 64-bit column


def in_ascii(text: str) -> str:
    """The same text with the digits of every script (Arabic, Devanagari, full width…) as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def read_id(text: str) -> int | None:
    """The number of an order, a product or a person that stands in a link or a message; None for anything else."""
    if not 0 < len(text) <= LONGEST_ID:
        return None
    digits = in_ascii(text)
    return int(digits) if digits.isascii() and digits.isdigit() else None
