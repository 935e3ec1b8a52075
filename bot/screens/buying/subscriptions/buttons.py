"""Buttons of what a person pays every month."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ListSubscriptions(Button, frozen=True):
    """A page of my subscriptions, from 0."""

    prefix: ClassVar[str] = "wy"
    page: int = 0


@button
class OpenSubscription(Button, frozen=True):
    """One of my subscriptions."""

    prefix: ClassVar[str] = "wyo"
    subscription_id: int


@button
class CancelSubscription(Button, frozen=True):
    """It shall not be charged again; asked once."""

    prefix: ClassVar[str] = "wyc"
    subscription_id: int
    sure: bool = False


@button
class TakeBack(Button, frozen=True):
    """It shall go on after all."""

    prefix: ClassVar[str] = "wyt"
    subscription_id: int
