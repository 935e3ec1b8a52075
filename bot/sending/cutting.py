"""Makes texts fit: Telegram HTML cut to a number of visible characters without breaking a tag."""

import re
from html import unescape
from unicodedata import combining

MESSAGE = 4096  # visible UTF-16 units, Bot API
CAPTION = 1024
TOAST = 200
TITLE = 32
DESCRIPTION = 255
ELLIPSIS = "…"

_PIECE = re.compile(r"<(/?)([a-z-]+)[^>]*>|&[#\w]+;|[\s\S]", re.IGNORECASE)


def fit(html: str, limit: int) -> str:
    """The HTML, cut after `limit` visible UTF-16 units at most with every open tag closed; "…" marks the cut."""
    if _units(html) <= limit:
        return html
    kept: list[str] = []
    open_tags: list[str] = []
    used = 0
    mark = 0  # how many pieces fit together with the ellipsis
    tags_at_mark: list[str] = []
    for piece in _PIECE.finditer(html):
        text = piece.group(0)
        if piece.group(2):
            if piece.group(1):
                if open_tags:
                    open_tags.pop()
            else:
                open_tags.append(piece.group(2))
        else:
            used += _units(unescape(text))
            if used > limit:
                closing = "".join(f"</{tag}>" for tag in reversed(tags_at_mark))
                return "".join(kept[:mark]).rstrip() + ELLIPSIS + closing
        kept.append(text)
        if used < limit:
            mark = len(kept)
            tags_at_mark = list(open_tags)
    return html


def fit_plain(text: str, limit: int) -> str:
    """Plain text of at most `limit` UTF-16 units."""
    if _units(text) <= limit:
        return text
    return text[: end_of(text, 0, limit - 1)].rstrip() + ELLIPSIS


def end_of(text: str, start: int, limit: int) -> int:
    """Where a piece of at most `limit` UTF-16 units that begins at `start` ends; looks at no letter twice."""
    longest = min(len(text), start + max(limit, 0))
    wide = 0
    for place in range(start, longest):
        wide += text[place] > "\uffff"
        if place + 1 - start + wide > limit:
            return place
    return longest


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units, cut between words where there are any; nothing is lost."""
    found: list[str] = []
    start = 0
    while start < len(text):
        end = end_of(text, start, limit)
        if end < len(text):
            blank = max(text.rfind(" ", start, end + 1), text.rfind("\n", start, end + 1))
            if blank > start + (end - start) // 2:
                end = blank
            else:  # one long word: not between a letter and what is joined to it
                while end > start + 1 and (_is_joined(text[end]) or text[end - 1] == "\u200d"):
                    end -= 1
        found.append(text[start:end])
        start = end
    return found


def _is_joined(letter: str) -> bool:
    return bool(combining(letter)) or letter in "\u200d\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _units(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)
