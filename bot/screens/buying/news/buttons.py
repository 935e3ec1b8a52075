"""The buttons under news, and of the screen that has all of them."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenSwitches(Button, frozen=True):
    """Which news I get."""

    prefix: ClassVar[str] = "nw"


@button
class WantKind(Button, frozen=True):
    """More news of this kind (shop/people/optouts.py), or no more."""

    prefix: ClassVar[str] = "wk"
    kind: str
    wanted: bool


@button
class WantSeller(Button, frozen=True):
    """News of this seller again."""

    prefix: ClassVar[str] = "nv"
    seller_id: int


@button
class WantNews(Button, frozen=True):
    """More news, or no more, from whoever sent this broadcast."""

    prefix: ClassVar[str] = "wn"
    broadcast_id: int
    wanted: bool
