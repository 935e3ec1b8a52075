"""Buttons of what customers and sellers write to each other."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class AskAbout(Button, frozen=True):
    """I want to ask the seller of this product something."""

    prefix: ClassVar[str] = "qa"
    product_id: int


@button
class AskShop(Button, frozen=True):
    """I want to ask the shop something."""

    prefix: ClassVar[str] = "qh"


@button
class StopAsking(Button, frozen=True):
    """Never mind: end the form that asks for a question, and show the product, or the first screen."""

    prefix: ClassVar[str] = "qx"
    product_id: int | None = None


@button
class SendDraft(Button, frozen=True):
    """What I just wrote is for the seller of my order (None: for the shop)."""

    prefix: ClassVar[str] = "qd"
    order_id: int | None = None


@button
class AnswerSeller(Button, frozen=True):
    """I, the customer, want to answer this message."""

    prefix: ClassVar[str] = "qr"
    message_id: int


@button
class AnswerCustomer(Button, frozen=True):
    """I, who sells, want to answer this message."""

    prefix: ClassVar[str] = "qc"
    message_id: int


@button
class ReadThread(Button, frozen=True):
    """What the seller and I wrote around this message, before a message's id; `below`: in a message of its own."""

    prefix: ClassVar[str] = "qt"
    message_id: int
    before: int | None = None
    below: bool = False


@button
class ReadMessage(Button, frozen=True):
    """One message of mine, or to me, with its photo, in as many parts as it needs."""

    prefix: ClassVar[str] = "qm"
    message_id: int
    part: int = 0
    below: bool = False


@button
class ReadSalesThread(Button, frozen=True):
    """What a customer and the seller wrote around this message, before a message's id."""

    prefix: ClassVar[str] = "qu"
    message_id: int
    before: int | None = None
    below: bool = False


@button
class ReadSalesMessage(Button, frozen=True):
    """One message of a customer, or to one, with its photo, in as many parts as it needs."""

    prefix: ClassVar[str] = "qn"
    message_id: int
    part: int = 0
    below: bool = False


@button
class ShowOrder(Button, frozen=True):
    """My order, below: what was read stays on show."""

    prefix: ClassVar[str] = "qo"
    order_id: int


@button
class ShowSale(Button, frozen=True):
    """An order of my goods, below: what was read stays on show."""

    prefix: ClassVar[str] = "qs"
    order_id: int


@button
class ShowProduct(Button, frozen=True):
    """A product's page, below: what was read stays on show."""

    prefix: ClassVar[str] = "qp"
    product_id: int
