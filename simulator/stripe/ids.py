"""Identifiers that look like Stripe's: a prefix that names the kind, then random letters and digits."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits
_LENGTHS = {"cs_test_a1": 56, "whsec_": 32, "req_": 14}


def new_id(prefix: str) -> str:
    """Return a fresh identifier such as `pi_3xYz…`; its length follows the prefix, as at Stripe."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTHS.get(prefix, 24)))
