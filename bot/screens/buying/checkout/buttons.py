"""Buttons on the way from the cart to a paid order, and those with which sellers handle its money."""

from typing import ClassVar

from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import ProductKind


@button
class OpenCheckout(Button, frozen=True):
    """What an order at this seller would be."""

    prefix: ClassVar[str] = "co"
    owner_id: int
    kind: ProductKind


@button
class WriteNote(Button, frozen=True):
    """Ask for a note to the seller, to go with the order."""

    prefix: ClassVar[str] = "cn"
    owner_id: int
    kind: ProductKind


@button
class DropNote(Button, frozen=True):
    """No note after all."""

    prefix: ClassVar[str] = "cd"
    owner_id: int
    kind: ProductKind


@button
class PlaceOrder(Button, frozen=True):
    """Order what the summary showed (its key names that state of the cart), and pay this way.

    `credit` is what store credit was shown to pay of it, in minor units.
    """

    prefix: ClassVar[str] = "pl"
    method: str
    key: str
    present: bool = False
    credit: int = 0


@button
class UseCredit(Button, frozen=True):
    """Let store credit pay its part of what is ordered from this seller, or not."""

    prefix: ClassVar[str] = "c3"
    owner_id: int
    kind: ProductKind
    on: bool


@button
class BuyNow(Button, frozen=True):
    """What an order of this product alone would be, beside whatever is in the cart.

    `stamp` names the order that it becomes, however often its keys are tapped; None begins another one. `way`: the
    place of a way of sending among the options; `to` an address of theirs (None: the usual one), `elsewhere` none.
    `credit`: store credit shall pay its part from now on, or not.
    """

    prefix: ClassVar[str] = "bn"
    product_id: int
    quantity: int = 1
    stamp: int | None = None
    way: int | None = None
    elsewhere: bool = False
    to: int | None = None
    credit: bool | None = None


@button
class PickAddress(Button, frozen=True):
    """To which of their addresses that order goes, by pages from 0."""

    prefix: ClassVar[str] = "bk"
    product_id: int
    quantity: int
    stamp: int
    page: int = 0


@button
class PlaceNow(Button, frozen=True):
    """Order what that summary showed, at this total (minor units), and pay this way.

    `credit` is what store credit was shown to pay of it. It goes to the address `to`, by the way of sending at the
    place `way`; without them that is asked next.
    """

    prefix: ClassVar[str] = "bp"
    method: str
    product_id: int
    quantity: int
    stamp: int
    total: int
    to: int | None = None
    way: int | None = None
    present: bool = False
    credit: int = 0


@button
class PayOrder(Button, frozen=True):
    """Pay an order that was placed; without a method, choose one."""

    prefix: ClassVar[str] = "po"
    order_id: int
    method: str | None = None

    def opens(self) -> Button:
        """The order: the message becomes its card."""
        return OpenOrder(self.order_id, card=True)


@button
class LeaveCredit(Button, frozen=True):
    """Pay this order without store credit after all."""

    prefix: ClassVar[str] = "c4"
    order_id: int

    def opens(self) -> Button:
        """The order: the message becomes its card."""
        return OpenOrder(self.order_id, card=True)


@button
class ConfirmOrder(Button, frozen=True):
    """Place the order that was shown at this total (minor units), and pay it this way."""

    prefix: ClassVar[str] = "py"
    order_id: int
    method: str
    total: int


@button
class ChangeAddress(Button, frozen=True):
    """Ask for the address of an order once more (from its `last` question), and then pay it this way."""

    prefix: ClassVar[str] = "pa"
    order_id: int
    method: str
    last: bool = False


@button
class CheckPayment(Button, frozen=True):
    """Ask the provider whether the money came."""

    prefix: ClassVar[str] = "pc"
    order_id: int

    def opens(self) -> Button:
        """The order: the message becomes its card."""
        return OpenOrder(self.order_id, card=True)


@button
class ChooseCountry(Button, frozen=True):
    """The delivery goes to this country (ISO 3166 alpha-2)."""

    prefix: ClassVar[str] = "ac"
    order_id: int
    country: str


@button
class SameAddress(Button, frozen=True):
    """The delivery goes to this address of theirs; without one, to the usual one."""

    prefix: ClassVar[str] = "al"
    order_id: int
    address_id: int | None = None


@button
class MoreAddresses(Button, frozen=True):
    """A page of all their addresses, from 0, for this order."""

    prefix: ClassVar[str] = "am"
    order_id: int
    page: int = 0


@button
class CollectGoods(Button, frozen=True):
    """The goods are collected; `place` is that of the way among all ways of sending."""

    prefix: ClassVar[str] = "ap"
    order_id: int
    place: int


@button
class ChooseShipping(Button, frozen=True):
    """The delivery goes this way (by its place among the options, whose names may be long); then it is paid so."""

    prefix: ClassVar[str] = "as"
    order_id: int
    option: int
    method: str | None = None


@button
class AgreePrice(Button, frozen=True):
    """Yes to this total, with the seller's price of sending in it."""

    prefix: ClassVar[str] = "j1"
    order_id: int
    total: int


@button
class AddressBack(Button, frozen=True):
    """Ask the question before once more."""

    prefix: ClassVar[str] = "ab"
    order_id: int


@button
class AddressKeep(Button, frozen=True):
    """What was typed before for this question is right."""

    prefix: ClassVar[str] = "ak"
    order_id: int
    step: str


@button
class LeaveAddress(Button, frozen=True):
    """Write no address after all."""

    prefix: ClassVar[str] = "ax"
    order_id: int


@button
class OpenRefund(Button, frozen=True):
    """How the money of an order stands, and ways to give it back."""

    prefix: ClassVar[str] = "mo"
    order_id: int

    def opens(self) -> Button:
        """Itself."""
        return self


@button
class RefundAll(Button, frozen=True):
    """Give everything back that is left, and put the goods back into stock if `restock`; asked back unless `sure`.

    `credit`: as store credit, not as money.
    """

    prefix: ClassVar[str] = "ma"
    order_id: int
    restock: bool
    sure: bool = False
    credit: bool = False

    def opens(self) -> Button:
        """The order's money."""
        return OpenRefund(self.order_id)


@button
class RefundPart(Button, frozen=True):
    """Yes, give this part back (in minor units), as store credit with `credit`; asked back unless `sure`."""

    prefix: ClassVar[str] = "mp"
    order_id: int
    amount: int
    credit: bool = False
    sure: bool = True


@button
class PaidBack(Button, frozen=True):
    """A person says that they gave this refund back by hand; with `credit` it becomes store credit instead."""

    prefix: ClassVar[str] = "mb"
    refund_id: int
    credit: bool = False
