"""Buttons of the first screen, help and languages."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
@dataclass(frozen=True, slots=True)
class OpenHome(Button):
    """The first screen."""

    prefix: ClassVar[str] = "h"


@button
@dataclass(frozen=True, slots=True)
class OpenHelp(Button):
    """How this shop works."""

    prefix: ClassVar[str] = "hp"


@button
@dataclass(frozen=True, slots=True)
class OpenLanguages(Button):
    """The choice of languages."""

    prefix: ClassVar[str] = "lg"


@button
@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button):
    """Speak this language to me."""

    prefix: ClassVar[str] = "ls"
    language: str


@button
@dataclass(frozen=True, slots=True)
class Nothing(Button):
    """A label that is not for tapping, such as a page number."""

    prefix: ClassVar[str] = "x"
