"""The buttons that lead to a table."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.exporting import Span, Table


@button
class OpenExports(Button, frozen=True):
    """Which tables there are."""

    prefix: ClassVar[str] = "xo"


@button
class ChooseTable(Button, frozen=True):
    """A table: from when to when, and written how."""

    prefix: ClassVar[str] = "xc"
    table: Table
    csv: bool = False


@button
class MakeTable(Button, frozen=True):
    """Send it."""

    prefix: ClassVar[str] = "xm"
    table: Table
    span: Span
    csv: bool = False
