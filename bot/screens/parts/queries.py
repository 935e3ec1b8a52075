"""What was searched for, short enough for a line."""

from bot.screens.buying.catalogue.buttons import QUERY_BYTES

VIEW_BYTES = 3  # for how the results are looked at (see listing.py)


def short(text: str) -> str:
    """The search in what fits into a button, so that its pages need no memory."""
    words = " ".join(text.replace(":", " ").replace("|", " ").split())
    return words.encode()[: QUERY_BYTES - VIEW_BYTES].decode(errors="ignore").strip()
