"""The button of who pays every month."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import SubscriptionState


@button
class ListSubscribers(Button, frozen=True):
    """A page of those that stand like this, from 0."""

    prefix: ClassVar[str] = "wys"
    state: SubscriptionState = SubscriptionState.ACTIVE
    page: int = 0
