"""Buttons of groups and channels: each names the state it wants; ids are of our rows, not of Telegram."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from bot.words import mark
from db.models import Permission

SEES = Permission.ORDERS  # everybody in the group reads what this one reads
NAMES = {
    "orders": mark("Orders"),
    "money": mark("Money"),
    "questions": mark("Questions"),
    "reviews": mark("Reviews"),
}


@button
class ListChats(Button, frozen=True):
    """The groups and channels that are connected."""

    prefix: ClassVar[str] = "jl"


@button
class OpenChat(Button, frozen=True):
    """One of them."""

    prefix: ClassVar[str] = "jo"
    staff_chat_id: int


@button
class SetNews(Button, frozen=True):
    """News of a kind arrive there, or not."""

    prefix: ClassVar[str] = "jn"
    staff_chat_id: int
    kind: str
    on: bool


@button
class SetPrivate(Button, frozen=True):
    """I hear the same in private, too, or not."""

    prefix: ClassVar[str] = "jp"
    staff_chat_id: int
    on: bool


@button
class LetGo(Button, frozen=True):
    """Nothing shall arrive there any more; asked once unless `sure`."""

    prefix: ClassVar[str] = "jx"
    staff_chat_id: int
    sure: bool = False


@button
class ChoosePost(Button, frozen=True):
    """Where this product of mine is on show."""

    prefix: ClassVar[str] = "jc"
    product_id: int


@button
class PutPost(Button, frozen=True):
    """The product is on show in this group or channel."""

    prefix: ClassVar[str] = "ju"
    product_id: int
    staff_chat_id: int


@button
class TakePost(Button, frozen=True):
    """A post is there no more."""

    prefix: ClassVar[str] = "jt"
    post_id: int
