"""Buttons on the way from the cart to a paid order, and those with which sellers handle its money."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button
from db.models import ProductKind


@button
@dataclass(frozen=True, slots=True)
class OpenCheckout(Button):
    """What an order at this seller would be."""

    prefix: ClassVar[str] = "co"
    owner_id: int
    kind: ProductKind


@button
@dataclass(frozen=True, slots=True)
class WriteNote(Button):
    """Ask for a note to the seller, to go with the order."""

    prefix: ClassVar[str] = "cn"
    owner_id: int
    kind: ProductKind


@button
@dataclass(frozen=True, slots=True)
class DropNote(Button):
    """No note after all."""

    prefix: ClassVar[str] = "cd"
    owner_id: int
    kind: ProductKind


@button
@dataclass(frozen=True, slots=True)
class PlaceOrder(Button):
    """Order what the summary showed (its key names that state of the cart), and pay this way."""

    prefix: ClassVar[str] = "pl"
    method: str
    key: str


@button
@dataclass(frozen=True, slots=True)
class PayOrder(Button):
    """Pay an order that was placed; without a method, choose one."""

    prefix: ClassVar[str] = "po"
    order_id: int
    method: str | None = None


@button
@dataclass(frozen=True, slots=True)
class CheckPayment(Button):
    """Ask the provider whether the money came."""

    prefix: ClassVar[str] = "pc"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class ChooseCountry(Button):
    """The delivery goes to this country (ISO 3166 alpha-2)."""

    prefix: ClassVar[str] = "ac"
    order_id: int
    country: str


@button
@dataclass(frozen=True, slots=True)
class SameAddress(Button):
    """The delivery goes where the last one went."""

    prefix: ClassVar[str] = "al"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class ChooseShipping(Button):
    """The delivery goes this way (by its place among the options, whose names may be long)."""

    prefix: ClassVar[str] = "as"
    order_id: int
    option: int


@button
@dataclass(frozen=True, slots=True)
class LeaveAddress(Button):
    """Write no address after all."""

    prefix: ClassVar[str] = "ax"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class OpenRefund(Button):
    """How the money of an order stands, and ways to give it back."""

    prefix: ClassVar[str] = "mo"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class RefundAll(Button):
    """Give everything back that is left, and put the goods back into stock if `restock`; asked back unless `sure`."""

    prefix: ClassVar[str] = "ma"
    order_id: int
    restock: bool
    sure: bool = False


@button
@dataclass(frozen=True, slots=True)
class PaidBack(Button):
    """A person says that they gave this refund back by hand."""

    prefix: ClassVar[str] = "mb"
    refund_id: int
