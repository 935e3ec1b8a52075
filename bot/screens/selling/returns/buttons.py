"""Buttons of a seller whose goods come back: each names the step that a return shall take."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.button import Button
from db.models import ReturnStatus


@button
class ListSalesReturns(Button, frozen=True):
    """Returns of my goods in this status (None: all), those before a return's id."""

    prefix: ClassVar[str] = "fh"
    status: ReturnStatus | None = None
    before: int | None = None


@button
class ListOrderReturns(Button, frozen=True):
    """Returns of one order of my goods, and a key to begin one."""

    prefix: ClassVar[str] = "fj"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class OpenSalesReturn(Button, frozen=True):
    """One return of my goods; also ends a form about it."""

    prefix: ClassVar[str] = "fd"
    return_id: int

    def opens(self) -> Button:
        """Itself."""
        return self


@button
class AgreeReturn(Button, frozen=True):
    """I take it back; a word to the customer is asked for unless `silent`."""

    prefix: ClassVar[str] = "fa"
    return_id: int
    silent: bool = False


@button
class DeclineReturn(Button, frozen=True):
    """I do not take it back, and am asked why."""

    prefix: ClassVar[str] = "fe"
    return_id: int


@button
class GoodsBack(Button, frozen=True):
    """The goods are here, and I am asked which of them go back to the shelf."""

    prefix: ClassVar[str] = "fk"
    return_id: int


@button
class SetShelf(Button, frozen=True):
    """So many pieces of this line of the return go back to the shelf."""

    prefix: ClassVar[str] = "fm"
    return_id: int
    line_id: int
    units: int


@button
class TakeBack(Button, frozen=True):
    """The goods are here, and those go to the shelf that were picked (None), all of them, or none."""

    prefix: ClassVar[str] = "ff"
    return_id: int
    everything: bool | None = None


@button
class GiveBack(Button, frozen=True):
    """Give this much (minor units) back for it; asked once, with the sum."""

    prefix: ClassVar[str] = "fc"
    return_id: int
    amount: int
    sure: bool = False


@button
class OtherAmount(Button, frozen=True):
    """Give another amount back, which I write."""

    prefix: ClassVar[str] = "f1"
    return_id: int


@button
class CloseReturn(Button, frozen=True):
    """End it without money; I am asked why."""

    prefix: ClassVar[str] = "f2"
    return_id: int


@button
class SalesReturnPhoto(Button, frozen=True):
    """A photo that the customer sent with it, counted from 0."""

    prefix: ClassVar[str] = "f3"
    return_id: int
    place: int = 0


@button
class BeginReturn(Button, frozen=True):
    """Begin a return for the customer; I am asked of which pieces."""

    prefix: ClassVar[str] = "f4"
    order_id: int
    page: int = 0


@button
class PickForCustomer(Button, frozen=True):
    """Some of this line come back, and I am asked how many."""

    prefix: ClassVar[str] = "f5"
    order_id: int
    item_id: int


@button
class SetForCustomer(Button, frozen=True):
    """So many of this line come back."""

    prefix: ClassVar[str] = "f6"
    order_id: int
    item_id: int
    units: int


@button
class BeginItNow(Button, frozen=True):
    """Yes, begin it with those."""

    prefix: ClassVar[str] = "f7"
    order_id: int
