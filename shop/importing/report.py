"""What an import found and did: refusals, rows set aside, notes, and the difference product by product."""

from enum import StrEnum

from msgspec import Struct, field

SHOWN_LINES = 5


class Problem(Struct, frozen=True, order=True):
    """Why the file, or one row of it, cannot be used."""

    line: int  # of the file, counted from 1; 0 = the file as a whole
    message: str
    column: str = ""
    product: str = ""  # what the row is about, where it says so

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        place = f"{place} ({self.product})" if self.product else place
        return f"{place}, {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class Note(Struct):
    """How something in the file was understood; said once, however many lines it is about."""

    message: str
    count: int = 0
    lines: list[int] = field(default_factory=list)  # the first few

    def __str__(self) -> str:
        if not self.count:
            return self.message
        shown = ", ".join(str(line) for line in sorted(self.lines))
        if self.count == 1:
            return f"{self.message} (line {shown})"
        more = "" if self.count == len(self.lines) else ", …"
        return f"{self.message} ({self.count:,} rows: lines {shown}{more})"


class Notes:
    """Gathers notes by what they say."""

    def __init__(self) -> None:
        self._by_message: dict[str, Note] = {}

    def all(self) -> list[Note]:
        """The notes, in the order in which they came up first."""
        return list(self._by_message.values())

    def add(self, message: str, line: int = 0) -> None:
        """Note something, about a line or (0) about the file."""
        note = self._by_message.setdefault(message, Note(message))
        if line and (not note.lines or note.lines[-1] != line):
            note.count += 1
            if len(note.lines) < SHOWN_LINES:
                note.lines.append(line)


class Verdict(StrEnum):
    """What the file means for one product."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Change(Struct, frozen=True):
    """One field of a product, before and after, as people read it."""

    field: str
    before: str
    after: str


class ProductDiff(Struct, frozen=True):
    """One product or variant of the file and what becomes of it."""

    line: int
    sku: str
    name: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    is_variant: bool = False


class ImportReport(Struct):
    """The outcome; `applied` is false for a dry run and for a file that was refused: then nothing was kept.

    `problems` refuse the file as a whole. Rows in `aside` were left out, the rest came in.
    """

    source: str = ""  # "shopify", "woocommerce", "wix" or "own"
    recognised: str = ""  # in words: "Shopify's export of 2025"
    sellers: tuple[str, ...] = ()  # whose goods they are
    problems: list[Problem] = field(default_factory=list)
    aside: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    diffs: list[ProductDiff] = field(default_factory=list)
    applied: bool = False
    runs: list[int] = field(default_factory=list)  # one a seller, to be looked at and undone
    running: bool = False  # it is so long that others write it

    @property
    def ok(self) -> bool:
        """Whether the file can be imported."""
        return not self.problems

    def count(self, verdict: Verdict, *, variants: bool = False) -> int:
        """How many products (or variants) are new, changed or unchanged."""
        return sum(diff.verdict is verdict and diff.is_variant == variants for diff in self.diffs)
