"""Buttons of those who sell: their products, the stock, the form for a new one, and who may sell."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.products.form import Step


class Field(StrEnum):
    """What a seller can change about a product."""

    PHOTO = "p"
    NAME = "n"
    CATEGORY = "c"
    PRICE = "m"
    DESCRIPTION = "d"
    ATTRIBUTES = "a"
    CONTENT = "x"  # what a buyer of digital goods receives
    LABEL = "l"  # what a variant is called
    LOW_STOCK = "w"  # tell me at so many units
    WEIGHT = "g"


@button
class OpenProducts(Button, frozen=True):
    """A page of one's own products, older or newer than a product's id."""

    prefix: ClassVar[str] = "g"
    after: int | None = None
    before: int | None = None


@button
class OpenOwned(Button, frozen=True):
    """A product as its seller sees it, with a page of its variants."""

    prefix: ClassVar[str] = "go"
    product_id: int
    page: int = 0


@button
class SetArchived(Button, frozen=True):
    """The product shall be off sale, or on sale."""

    prefix: ClassVar[str] = "ga"
    product_id: int
    archived: bool


@button
class SetPublished(Button, frozen=True):
    """The product shall be on sale, or a draft that no customer sees."""

    prefix: ClassVar[str] = "gp"
    product_id: int
    published: bool


@button
class AskRestock(Button, frozen=True):
    """Ask how many units came, or how many there are."""

    prefix: ClassVar[str] = "gr"
    product_id: int


@button
class AddStock(Button, frozen=True):
    """So many more units, unless the stock was changed by its seller since `seen`."""

    prefix: ClassVar[str] = "gs"
    product_id: int
    amount: int
    seen: int


@button
class DuplicateProduct(Button, frozen=True):
    """A copy of the product, unless it changed (or was copied) since `seen`: microseconds of its last change."""

    prefix: ClassVar[str] = "gd"
    product_id: int
    seen: int


@button
class EditProduct(Button, frozen=True):
    """Ask which field shall change."""

    prefix: ClassVar[str] = "ge"
    product_id: int


@button
class EditField(Button, frozen=True):
    """Ask what a field shall be."""

    prefix: ClassVar[str] = "gf"
    product_id: int
    field: Field


@button
class ClearField(Button, frozen=True):
    """A field shall be empty."""

    prefix: ClassVar[str] = "gx"
    product_id: int
    field: Field


@button
class SetCategory(Button, frozen=True):
    """The product shall hang on this category."""

    prefix: ClassVar[str] = "gc"
    product_id: int
    category_id: int


@button
class OpenCategories(Button, frozen=True):
    """Show a page of the categories right below one (0: the top), for the product to hang on."""

    prefix: ClassVar[str] = "gb"
    product_id: int
    below: int
    page: int


@button
class AddVariant(Button, frozen=True):
    """Begin the form for another variant of this product."""

    prefix: ClassVar[str] = "gv"
    product_id: int


@button
class VariantSamePrice(Button, frozen=True):
    """The new variant costs what the product costs."""

    prefix: ClassVar[str] = "gw"
    product_id: int


@button
class OpenLink(Button, frozen=True):
    """The link of a product and its QR code."""

    prefix: ClassVar[str] = "ek"
    product_id: int


@button
class OpenHistory(Button, frozen=True):
    """Movements of a product's stock: those older than one, or newer; `stock` is what was there between."""

    prefix: ClassVar[str] = "eh"
    product_id: int
    older: int | None = None
    newer: int | None = None
    stock: int = 0


@button
class OpenLow(Button, frozen=True):
    """A page of one's products that are low or sold out."""

    prefix: ClassVar[str] = "el"
    page: int = 0


class SaleQuestion(StrEnum):
    """What is asked about a sale."""

    AMOUNT = "a"
    FIRST = "f"  # day
    LAST = "l"  # day


@button
class AskSale(Button, frozen=True):
    """Ask this about a product's sale price; the rest was answered before.

    A day is its ordinal, an amount minor units, or below zero so many percent less.
    """

    prefix: ClassVar[str] = "ea"
    product_id: int
    question: SaleQuestion = SaleQuestion.AMOUNT
    amount: int | None = None
    first: int | None = None


@button
class SetSale(Button, frozen=True):
    """The product shall cost this, from a first day (None: now) to a last one (None: without an end)."""

    prefix: ClassVar[str] = "es"
    product_id: int
    amount: int
    first: int | None = None
    last: int | None = None


@button
class EndSale(Button, frozen=True):
    """The product shall cost its price again."""

    prefix: ClassVar[str] = "ee"
    product_id: int


@button
class LeaveForm(Button, frozen=True):
    """Answer no question; back to the product, if it was about one."""

    prefix: ClassVar[str] = "gl"
    product_id: int | None = None


@button
class AddProduct(Button, frozen=True):
    """Begin the form for a new product, or go on with it."""

    prefix: ClassVar[str] = "n"


@button
class FormCancel(Button, frozen=True):
    """Throw the form for a new product away."""

    prefix: ClassVar[str] = "nx"


@button
class FormStep(Button, frozen=True):
    """Go to this step of the form for a new product."""

    prefix: ClassVar[str] = "ns"
    step: Step


@button
class FormSkip(Button, frozen=True):
    """Leave this step empty and go on."""

    prefix: ClassVar[str] = "nk"
    step: Step


@button
class FormCategory(Button, frozen=True):
    """The new product shall hang on this category."""

    prefix: ClassVar[str] = "nc"
    category_id: int


@button
class FormCategories(Button, frozen=True):
    """Show a page of the categories right below one (0: the top), for the new product."""

    prefix: ClassVar[str] = "nb"
    below: int
    page: int


@button
class FormKind(Button, frozen=True):
    """The new product is digital, or something to send."""

    prefix: ClassVar[str] = "nd"
    digital: bool


@button
class FormSell(Button, frozen=True):
    """Put the new product on sale."""

    prefix: ClassVar[str] = "ny"


@button
class FormKeep(Button, frozen=True):
    """Keep the new product as a draft."""

    prefix: ClassVar[str] = "nz"


@button
class FormAnew(Button, frozen=True):
    """Throw the form away and begin again."""

    prefix: ClassVar[str] = "nn"
