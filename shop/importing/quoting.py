"""Text on its way into a CSV file and back: harmless for spreadsheets and terminals, the same after a round trip."""

import re

# A spreadsheet would run a cell that begins so; full-width signs are signs to Excel in East Asian settings.
FORMULAS = "=+-@＝＋－＠"
# What may stand before a sign without hiding it: blanks, tabs, line ends, and letters of no width.
UNSEEN = (
    " \t\r\n\v\f\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ufeff\u00ad\u034f\u115f\u1160\u3164\uffa0"
)
_DANGEROUS = re.compile(f"[{UNSEEN}]*[{re.escape(FORMULAS)}']|[\t\r\n]")
# Control characters but for tab and line end, what turns the direction of text around, and halves of letters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def quoted(text: str) -> str:
    """The text as a cell: an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unquoted(text: str) -> str:
    """The text without the apostrophe that `quoted` put there."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text[1:]) else text


def cleaned(text: str) -> str:
    """The text without characters that steer a terminal or turn text around; line ends are line feeds."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
