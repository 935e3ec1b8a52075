"""Buttons of a customer's own orders."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ListOrders(Button, frozen=True):
    """My orders, those before an order's id or those after one; in the message that was tapped."""

    prefix: ClassVar[str] = "o"
    before: int | None = None
    after: int | None = None


@button
class OpenOrder(Button, frozen=True):
    """One of my orders; `card`: the message is the status card, which no menu may replace; `before`: of which page."""

    prefix: ClassVar[str] = "oo"
    order_id: int
    card: bool = False
    before: int | None = None

    def opens(self) -> Button:
        """Itself."""
        return self


@button
class CancelOrder(Button, frozen=True):
    """Cancel my order while it is pending; asked back once unless `sure`."""

    prefix: ClassVar[str] = "oc"
    order_id: int
    card: bool = False
    sure: bool = False

    def opens(self) -> Button:
        """The order, in the message that was tapped."""
        return OpenOrder(self.order_id, card=self.card)


@button
class TellProblem(Button, frozen=True):
    """I want to write to the seller about this order."""

    prefix: ClassVar[str] = "op"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenOrder(self.order_id)


@button
class StopWriting(Button, frozen=True):
    """Never mind: end the form that asks for a text about this order, and show the order."""

    prefix: ClassVar[str] = "ox"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenOrder(self.order_id)


@button
class LeaveCard(Button, frozen=True):
    """Home in a new message: the card stays."""

    prefix: ClassVar[str] = "oh"


@button
class AskToCancel(Button, frozen=True):
    """I want the seller to cancel my order, which is not sent yet; asked back once unless `sure`."""

    prefix: ClassVar[str] = "oq"
    order_id: int
    card: bool = False
    sure: bool = False


@button
class RefillCart(Button, frozen=True):
    """The cart shall hold what my earlier order was for."""

    prefix: ClassVar[str] = "ok"
    order_id: int


@button
class DownloadAgain(Button, frozen=True):
    """Show me once more what I bought to download."""

    prefix: ClassVar[str] = "od"
    order_id: int
