"""Buttons of a seller's orders: each names the step that the order shall take."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button
from db.models import OrderStatus


@button
@dataclass(frozen=True, slots=True)
class ListSales(Button):
    """Orders of my goods in this status (None: all), those before an order's id."""

    prefix: ClassVar[str] = "so"
    status: OrderStatus | None = None
    before: int | None = None


@button
@dataclass(frozen=True, slots=True)
class OpenSale(Button):
    """One order of my goods; also ends a form about it."""

    prefix: ClassVar[str] = "sv"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class AcceptSale(Button):
    """The order goes on before its cash came."""

    prefix: ClassVar[str] = "sa"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class ConfirmMoney(Button):
    """The whole sum arrived by hand."""

    prefix: ClassVar[str] = "sm"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class ShipSale(Button):
    """The order is on its way; the tracking number is asked for unless `untracked`."""

    prefix: ClassVar[str] = "ss"
    order_id: int
    untracked: bool = False


@button
@dataclass(frozen=True, slots=True)
class CompleteSale(Button):
    """The customer has everything."""

    prefix: ClassVar[str] = "sc"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class CancelSale(Button):
    """The order is cancelled, its money given back; a reason is asked for unless `sure`."""

    prefix: ClassVar[str] = "sx"
    order_id: int
    sure: bool = False


@button
@dataclass(frozen=True, slots=True)
class WriteToCustomer(Button):
    """I want to write to the customer about this order."""

    prefix: ClassVar[str] = "sw"
    order_id: int
