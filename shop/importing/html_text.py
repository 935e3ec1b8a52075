"""The words of HTML, as lines to read in a chat: one pass over the text, however broken it is.

The standard library's parser looks at the rest of the text again for every tag that is never closed, so that 48 KB of
rubbish take seconds; here no letter is looked at twice.
"""

import html
import re

_LINES = """
address article aside blockquote body br button caption center details dialog dir div dl dt fieldset figcaption figure
footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend main menu nav ol option optgroup p pre search section
select summary table tbody tfoot thead title tr ul
"""
_UNREAD = "script style template iframe object svg math noframes noembed head audio video canvas"
LINES = frozenset(_LINES.split())  # elements that begin and end a line
UNREAD = frozenset(_UNREAD.split())  # elements whose content nobody reads
_TAG = re.compile(r"/?[a-zA-Z][^\s/<>\"'=]*")
_INSIDE = re.compile(r"[<>]|=\s*[\"']")
_HUGE_REFERENCE = re.compile(r"&#(?:[xX]0*[0-9a-fA-F]{7,}|0*[0-9]{8,});?")
_ITEM = re.compile(r"(?:•|\d+\.)$")
CELL, TERM = " · ", ": "


def plain_text(text: str) -> str:
    """The words of an HTML fragment: paragraphs, list items and table rows as lines, without tags and scripts."""
    if "<" not in text:
        lines = unescaped(text).splitlines() if "&" in text else text.splitlines()
        return "\n".join(line.rstrip() for line in lines).strip()
    reader = _Reader()
    reader.read(text)
    tidy = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in tidy if line and not _ITEM.match(line))


def unescaped(text: str) -> str:
    """The text with its character references replaced; a number that is no letter becomes a question mark."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)).replace("\u00a0", " ")


class _Reader:
    """Collects what is to be read in `parts`, line ends included."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._lists: list[int] = []  # of each open list, the number of its last item; -1 where they have none
        self._between = ""  # what parts this cell from the one before, once both have words
        self._pre = 0

    def read(self, text: str) -> None:
        at = 0
        while at < len(text):
            opening = text.find("<", at)
            if opening < 0:
                self._words(text[at:])
                return
            self._words(text[at:opening])
            at = self._markup(text, opening)

    def _markup(self, text: str, at: int) -> int:
        """Read what begins with the "<" at `at`; where it ends."""
        if text.startswith("<!--", at):
            return _after(text, "-->", at + 2)  # "<!-->" is a whole comment
        if text[at + 1 : at + 2] in {"!", "?"}:
            return _after(text, ">", at)
        name = _TAG.match(text, at + 1)
        if name is None:
            self._words("<")
            return at + 1
        tag = name[0].lower()
        end = _end_of_tag(text, name.end())
        if tag in UNREAD and not text.endswith("/>", at, end):
            closing = re.compile(f"</{tag}", re.IGNORECASE).search(text, end)
            return len(text) if closing is None else _after(text, ">", closing.start())
        self._tag(tag)
        return end

    def _words(self, text: str) -> None:
        words = unescaped(text)
        if not words.strip():
            self.parts.append("\n" if self._pre and "\n" in words else " " if words else "")
            return
        if self._between:
            self.parts.append(self._between)
            self._between = ""
        self.parts.append(words if self._pre else re.sub(r"\s+", " ", words))

    def _tag(self, tag: str) -> None:
        name = tag.removeprefix("/")
        if name in {"td", "th", "dd"}:
            self._cell(tag)
        elif tag == "li":
            self._line()
            self.parts.append(self._bullet())
        elif name == "q":
            self.parts.append("“" if tag == "q" else "”")
        elif name in LINES or tag == "/li":
            self._line()
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in {"ul", "ol", "menu"}:
            self._lists.append(0 if tag == "ol" else -1)
        elif tag in {"/ul", "/ol", "/menu"} and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._pre += 1
        elif tag == "/pre":
            self._pre = max(0, self._pre - 1)
        elif tag == "/dt":
            self.parts.pop()  # its definition goes on in the same line
            self._between = TERM

    def _cell(self, tag: str) -> None:
        if tag.startswith("/"):
            self._between = TERM if tag == "/th" else CELL
        elif not self._between:
            self.parts.append(" ")
        elif tag == "th":  # a row of headings
            self._between = CELL

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _line(self) -> None:
        self.parts.append("\n")
        self._between = ""


def _after(text: str, what: str, at: int) -> int:
    found = text.find(what, at)
    return len(text) if found < 0 else found + len(what)


def _end_of_tag(text: str, at: int) -> int:
    """Where the tag ends: behind its ">", or before the next "<"; quoted values may hold both."""
    while (found := _INSIDE.search(text, at)) is not None:
        if found[0] == ">":
            return found.end()
        if found[0] == "<":
            return found.start()
        closing = text.find(found[0][-1], found.end())
        if closing < 0:  # never closed: what follows is not its value
            return _after(text, ">", found.end())
        at = closing + 1
    return len(text)
