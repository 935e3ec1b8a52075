"""What people write, cleaned where it comes in: nothing unseen, nothing that turns text round, lines where they belong.

A name with a line break in it could forge a line of an order's card, and an invisible mark could turn its words round.
Characters: https://www.unicode.org/reports/tr36/ (security), tr9 (directions), tr31 (joiners).
"""

import re
import unicodedata

MOST_BLANK = 2  # line ends in a row: one empty line
MOST_MARKS = 4  # on one letter; no living script needs more

_LINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, directions, what has no width (joiners apart), halves of characters, what was never a character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u115f\u1160\u3164\uffa0]")
# Joiners and tags mean something inside an emoji or a word of a script that joins, and hide elsewhere.
_JOINERS = re.compile(
    "(?<![\u0600-\u109f\u1780-\u18af\u200d\ufe0f\u2190-\u2bff\u3030-\u303d\U0001f000-\U0001faff])[\u200c\u200d]+"
    "|[\u200c\u200d]+(?=\\s|$)"
)
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_MARKS = re.compile(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")
_GAPS = re.compile(rf"\n(?:[ ]*\n){{{MOST_BLANK},}}")


def clean(text: str) -> str:
    """The text as it can be seen, its lines kept; at most one empty line in a row, none at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = _UNSEEN.sub("", _LINES.sub("\n", text))
    seen = _TAGS.sub("", _JOINERS.sub("", _BLANKS.sub(" ", seen)))
    seen = _MARKS.sub(r"\1", unicodedata.normalize("NFC", seen))
    return _GAPS.sub("\n\n", seen).strip()


def one_line(text: str) -> str:
    """The same where one line is asked for: a name, a street, a number."""
    return " ".join(clean(text).split())
