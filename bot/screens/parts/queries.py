"""What was searched for, short enough for a line."""

from bot.screens.buying.catalogue.buttons import QUERY_BYTES


def short(text: str) -> str:
    """The search in what fits into a button, so that its pages need no memory."""
    words = " ".join(text.replace(":", " ").split())
    return words.encode()[:QUERY_BYTES].decode(errors="ignore").strip()
