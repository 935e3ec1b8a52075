"""What goods are to the tax office: standard unless a product says otherwise, and zero is never taxed."""

import re

STANDARD, REDUCED, ZERO = "standard", "reduced", "zero"
LETTERS = 16
_CLASS = re.compile(rf"[a-z][a-z0-9-]{{0,{LETTERS - 1}}}")


def is_class(text: str) -> bool:
    """Whether this may name a class: small letters, digits and hyphens."""
    return _CLASS.fullmatch(text) is not None
