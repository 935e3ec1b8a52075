"""What goes wrong outside of us (a database that is away, a full disk), told in a sentence instead of a traceback.

Only what its reader can do something about is told so; a mistake of ours keeps its traceback.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

FAILED = 1  # exit code: something outside of us is wrong, and the message says what
INTERRUPTED = 130  # exit code: Ctrl-C, as shells count it
OURS = ("IntegrityError", "ProgrammingError", "DataError")  # the database's names for what is our mistake


class Commands(TyperGroup):
    """The commands, with every outside failure translated."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; outside failures end it with their sentence."""
        with told():
            return super().invoke(ctx)


@contextmanager
def told() -> Generator[None]:
    """End a command that fails for what is outside of us with a sentence, by typer.Exit."""
    try:
        yield
    except KeyboardInterrupt:
        typer.secho("Stopped.", err=True, fg="yellow")
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:
        words = in_words(error)
        if words is None:
            raise
        _end(words)


def in_words(error: BaseException) -> str | None:
    """What happened and what to do; None for what is no outside failure."""
    if isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        return in_words(error.exceptions[0])
    return _database(error) or _file(error)


def _database(error: BaseException) -> str | None:
    """Failures of SQLAlchemy and Alembic, which are only there when a command has loaded them."""
    sqlalchemy, alembic = sys.modules.get("sqlalchemy.exc"), sys.modules.get("alembic.util.exc")
    if alembic is not None and isinstance(error, alembic.CommandError):
        return (
            f"The database cannot be migrated: {error}. If a newer version of this program made it, run that version;"
            " revisions have names such as 0004, see db/migrations/versions."
        )
    if sqlalchemy is None:
        return None
    if isinstance(error, sqlalchemy.NoSuchModuleError | sqlalchemy.ArgumentError):
        return "This is not the address of a database: write it like sqlite:///shop.sqlite3 or postgresql://shop@host/shop."
    if isinstance(error, sqlalchemy.DBAPIError) and type(error).__name__ not in OURS:
        return f"The database cannot be used: {reason(error)}. Is it there, and is database.url right?"
    if type(error).__name__ == "DatabaseAway":
        return f"The database cannot be used: {reason(error)}. Is it running, and is database.url right?"
    return None


def reason(error: BaseException) -> str:
    """The one line in which a driver says what is wrong, without the statement, its values and what is secret."""
    from app.logs import redact

    away = error.__cause__ if type(error).__name__ == "DatabaseAway" else None
    if away is not None:
        return os.strerror(away.errno) if isinstance(away, OSError) and away.errno else type(away).__name__
    said = getattr(error, "orig", None) or error
    parts = getattr(said, "args", ())
    words = str(parts[-1] if parts else said).strip().splitlines()
    return redact((words[0] if words else type(error).__name__).rsplit("'>: ", 1)[-1].rstrip("."))


def _file(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror}."
    return None


def _end(words: str) -> NoReturn:
    typer.secho(words, err=True, fg="red")
    raise typer.Exit(FAILED)
