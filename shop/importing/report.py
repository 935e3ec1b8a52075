"""What an import found and did: problems by line, and the difference product by product."""

from enum import StrEnum

from msgspec import Struct, field


class Problem(Struct, frozen=True, order=True):
    """Something in the file that cannot be used, or (as a note) that was read differently from how it stands."""

    line: int  # of the file, counted from 1; 0 = the file as a whole
    message: str
    column: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        return f"{place}, {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


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
    """The outcome; `applied` is false for a dry run and for a file with problems: then nothing was kept."""

    source: str = ""  # "shopify" or "own"
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    diffs: list[ProductDiff] = field(default_factory=list)
    applied: bool = False

    @property
    def ok(self) -> bool:
        """Whether the file can be imported."""
        return not self.problems

    def count(self, verdict: Verdict, *, variants: bool = False) -> int:
        """How many products (or variants) are new, changed or unchanged."""
        return sum(diff.verdict is verdict and diff.is_variant == variants for diff in self.diffs)
