"""Codes of gift cards: as people type and read them, and the digest that is kept instead."""

import hashlib
import secrets

from shop.promotions import ALPHABET, fold

LENGTH = 12  # 59 bits: nobody finds one of a million cards by guessing, and no table of digests is long enough
GROUP = 4
GROUPS = LENGTH // GROUP


def new_card_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As it is shown: XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def is_code(text: str) -> bool:
    """Whether this could be the code of a card: promo codes mostly could not."""
    folded = fold(text) or ""
    return len(folded) == LENGTH and all(letter in ALPHABET for letter in folded)


def digest(text: str) -> str:
    """What is kept of a code, however it was typed: it cannot be turned back."""
    return hashlib.sha256(f"gift card {fold(text) or ''}".encode()).hexdigest()
