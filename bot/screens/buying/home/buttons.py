"""Buttons of the first screen, help and languages."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenHome(Button, frozen=True):
    """The first screen."""

    prefix: ClassVar[str] = "h"


@button
class OpenHelp(Button, frozen=True):
    """How this shop works."""

    prefix: ClassVar[str] = "hp"


class Topic(StrEnum):
    """What the help of those who sell is about: a page each."""

    GOODS = "g"
    ORDERS = "o"
    PROMOTION = "p"
    SHOP = "s"


@button
class OpenTopic(Button, frozen=True):
    """A page of help for those who sell."""

    prefix: ClassVar[str] = "ht"
    topic: Topic


@button
class ReadTerms(Button, frozen=True):
    """A page of the conditions of sale."""

    prefix: ClassVar[str] = "rt"
    page: int = 0


@button
class OpenLanguages(Button, frozen=True):
    """The choice of languages."""

    prefix: ClassVar[str] = "lg"


@button
class ChooseLanguage(Button, frozen=True):
    """Speak this language to me."""

    prefix: ClassVar[str] = "ls"
    language: str


@button
class Nothing(Button, frozen=True):
    """A label that is not for tapping, such as a page number."""

    prefix: ClassVar[str] = "x"
