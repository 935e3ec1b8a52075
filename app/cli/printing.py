"""Printing what people wrote: nothing of it may steer the terminal that shows it."""

import typer


def say(text: str, *, color: str | None = None, err: bool = False) -> None:
    """Print a line; control characters, and what turns the direction of text around, are shown as numbers."""
    typer.secho(harmless(text), fg=color, err=err)


def harmless(text: str) -> str:
    """The text with everything that is no letter of its own written as a number, as Python writes it."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\n" else _number(each) for each in text)


def _number(letter: str) -> str:
    return " " if letter.isspace() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
