"""Names that people type in any case, kept a second time in small letters: every database can look that up."""

from collections.abc import Callable

from sqlalchemy.engine.default import DefaultExecutionContext

LENGTH = 64  # characters, as the columns


def fold(text: str) -> str:
    """The text in small letters, cut to the column ("İ" grows when it becomes small)."""
    return text.lower()[:LENGTH]


def folded_default(column: str) -> Callable[[DefaultExecutionContext], str]:
    """The default of a column that is another one folded, for rows that are inserted without the ORM."""

    def default(context: DefaultExecutionContext) -> str:
        row = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy's own way
        return fold(str(row[column]))

    return default
