"""Buttons of a seller's orders: each names the step that the order shall take."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import OrderStatus


@button
class ListSales(Button, frozen=True):
    """Orders of my goods in this status (None: all), those before an order's id or those after one."""

    prefix: ClassVar[str] = "so"
    status: OrderStatus | None = None
    before: int | None = None
    after: int | None = None


@button
class ChooseStatus(Button, frozen=True):
    """Which orders of my goods do I want to see."""

    prefix: ClassVar[str] = "sl"


@button
class AskSales(Button, frozen=True):
    """I look for orders, and say what I remember of them."""

    prefix: ClassVar[str] = "sk"


@button
class FindSales(Button, frozen=True):
    """Orders of my goods that answer to this, those before an order's id."""

    prefix: ClassVar[str] = "sf"
    query: str
    before: int | None = None


@button
class OpenSale(Button, frozen=True):
    """One order of my goods; also ends a form about it. `status` and `before` name the page of the list it is on."""

    prefix: ClassVar[str] = "sv"
    order_id: int
    status: OrderStatus | None = None
    before: int | None = None

    def opens(self) -> Button:
        """Itself."""
        return self


@button
class OpenTimeline(Button, frozen=True):
    """Everything that happened to the order, the newest first, by pages."""

    prefix: ClassVar[str] = "sh"
    order_id: int
    page: int = 0


@button
class AcceptSale(Button, frozen=True):
    """The order goes on before its cash came."""

    prefix: ClassVar[str] = "sa"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class ConfirmMoney(Button, frozen=True):
    """The whole sum arrived by hand."""

    prefix: ClassVar[str] = "sm"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class ShipSale(Button, frozen=True):
    """The order is on its way; the tracking number is asked for unless `untracked`."""

    prefix: ClassVar[str] = "ss"
    order_id: int
    untracked: bool = False

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class NamePrice(Button, frozen=True):
    """Ask what sending the order costs."""

    prefix: ClassVar[str] = "j2"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class ChooseCarrier(Button, frozen=True):
    """Who carries the order's parcel? A page of those who may."""

    prefix: ClassVar[str] = "sb"
    order_id: int
    page: int = 0

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class SetCarrier(Button, frozen=True):
    """The order's parcel is carried by this one."""

    prefix: ClassVar[str] = "se"
    order_id: int
    carrier_id: str

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class ShipMany(Button, frozen=True):
    """I have several orders to send, and write a line for each."""

    prefix: ClassVar[str] = "sg"


@button
class ShipThem(Button, frozen=True):
    """Yes, those that were shown are on their way."""

    prefix: ClassVar[str] = "sy"


@button
class PackSale(Button, frozen=True):
    """The packing list of the order, to be printed."""

    prefix: ClassVar[str] = "sp"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class PackAll(Button, frozen=True):
    """The packing lists of all that are to be sent, of those after an order's id."""

    prefix: ClassVar[str] = "sq"
    after: int | None = None


@button
class CompleteSale(Button, frozen=True):
    """The customer has everything."""

    prefix: ClassVar[str] = "sc"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class CompleteAnyway(Button, frozen=True):
    """Yes, complete it: the customer has the goods, or it is not paid; `paid`: the whole sum came by hand as well."""

    prefix: ClassVar[str] = "sd"
    order_id: int
    paid: bool = False


@button
class CancelSale(Button, frozen=True):
    """The order is cancelled, its money given back; a reason is asked for unless `sure`."""

    prefix: ClassVar[str] = "sx"
    order_id: int
    sure: bool = False

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class WriteToCustomer(Button, frozen=True):
    """I want to write to the customer about this order."""

    prefix: ClassVar[str] = "sw"
    order_id: int

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)


@button
class DeclineCancel(Button, frozen=True):
    """The order goes on although its customer wants it cancelled; a word to them is asked for unless `silent`."""

    prefix: ClassVar[str] = "sn"
    order_id: int
    silent: bool = False

    def opens(self) -> Button:
        """The order."""
        return OpenSale(self.order_id)
