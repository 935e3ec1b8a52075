"""A route: a handler, who may reach it, and what it does to the question that is open."""

from collections.abc import Awaitable, Callable
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from bot.intake.groups import Joined
from bot.routing.said import InlineAsked, PaymentMade, PreCheckout, Said, ShippingAnswer, ShippingAsked
from bot.routing.visit import House, Visit
from bot.sending.button import Button
from bot.sending.inline import Cards
from bot.sending.reply import Audience, Reply, Screen
from bot.words import Words
from db.models import Dialog, Notification, Permission

B = TypeVar("B", bound=Button)
H = TypeVar("H")

Leaves = Literal["closes", "waits"]
Takes = Literal["text", "anything", "files"]
CLOSES: Leaves = "closes"
WAITS: Leaves = "waits"
MORE = "more"  # the step of a question that was answered: photos may follow, a text belongs elsewhere

OnText = Callable[[Visit, str], Awaitable[Reply]]
OnButton = Callable[[Visit, B], Awaitable[Reply]]
OnPage = Callable[[Visit, B], Awaitable[Screen]]
OnDialog = Callable[[Visit, Dialog, Said], Awaitable[Reply | None]]
OnAgain = Callable[[Visit, Dialog], Awaitable[Reply | None]]
OnJoined = Callable[[Visit, Joined], Awaitable[Reply]]
OnReply = Callable[[Visit, Notification, Said], Awaitable[Reply]]
OnSaid = Callable[[Visit, Said], Awaitable[Reply]]
OnNotice = Callable[[Visit, Notification], Awaitable[Reply | None]]
OnInline = Callable[[House, Words, InlineAsked], Awaitable[Cards]]
OnPreCheckout = Callable[[Visit, PreCheckout], Awaitable[None]]
OnShipping = Callable[[Visit, ShippingAsked], Awaitable[tuple[ShippingAnswer, ...]]]
OnPayment = Callable[[Visit, PaymentMade], Awaitable[Reply]]


class Route(Struct, Generic[H], frozen=True):
    """A handler and who may reach it; `about` is the line in the menu of commands (empty: not in the menu).

    `needs`: staff of an owner reach it with any of these permissions, and not at all where there are none.
    `asks` is the dialog that it may open, `within` the one whose own key it is; one that `stays` opens no screen.
    """

    handle: H
    audience: Audience = "everyone"
    about: str = ""
    asks: str | None = None
    within: str | None = None
    stays: bool = False
    needs: tuple[Permission, ...] = ()


class DialogRoute(Struct, frozen=True, kw_only=True):
    """How a kind of dialog takes an answer and how it asks again; whom it is for, and its manners.

    One that `takes` text is never handed a picture, or a message without words; a picture that was sent as a file is
    asked for anew as a photo, unless it takes files.
    """

    handle: OnDialog
    again: OnAgain
    leaves: Leaves
    takes: Takes
    audience: Audience
    needs: tuple[Permission, ...] = ()
