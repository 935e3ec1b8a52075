"""The buttons under news."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class WantKind(Button, frozen=True):
    """More news of this kind (shop/people/optouts.py), or no more."""

    prefix: ClassVar[str] = "wk"
    kind: str
    wanted: bool


@button
class WantNews(Button, frozen=True):
    """More news, or no more, from whoever sent this broadcast."""

    prefix: ClassVar[str] = "wn"
    broadcast_id: int
    wanted: bool
