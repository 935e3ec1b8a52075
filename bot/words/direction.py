"""Right-to-left languages: each line begins on the right, and a value keeps its own direction inside a sentence.

Without it "Order 12 · Green tea" within Arabic is shown in pieces that changed places. The marks are Unicode's (UAX 9,
read 2026-11): a value is isolated, and a line that does not begin with a letter of the language begins with a mark.
"""

import re
from collections.abc import Iterable

ISOLATED, ENDED, RIGHT = "\u2068", "\u2069", "\u200f"  # first strong isolate, its end, right-to-left mark
# As they are: what is copied or opened, to which an invisible letter would belong.
_AS_IT_IS = re.compile(r"<code>.*?</code>|<[^>]+>|@\{\w+\}|\{(?:link|url|support)\}")
_VALUE = re.compile(r"\{\w+\}")
_STARTS_RIGHT = re.compile(r"(?:<[^>]+>)*[\u0590-\u08ff]")


def from_the_right(text: str) -> str:
    """The template with its marks."""
    return "\n".join(_line(line) for line in text.split("\n"))


def in_a_row(parts: Iterable[str]) -> str:
    """What stands beside each other, each part in its own direction, the first one on the right."""
    return RIGHT + " · ".join(f"{ISOLATED}{part}{ENDED}" for part in parts)


def _line(line: str) -> str:
    marked, end = "", 0
    for kept in _AS_IT_IS.finditer(line):
        marked += _VALUE.sub(_isolate, line[end : kept.start()]) + kept[0]
        end = kept.end()
    marked += _VALUE.sub(_isolate, line[end:])
    return RIGHT + marked if line and not _STARTS_RIGHT.match(line) else marked


def _isolate(value: re.Match[str]) -> str:
    return f"{ISOLATED}{value[0]}{ENDED}"
