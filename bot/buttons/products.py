"""Buttons of those who sell: their products, the stock, the form for a new one, and who may sell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.button import Button
from bot.buttons import button
from shop.products_form import Step


class Field(StrEnum):
    """What a seller can change about a product."""

    PHOTO = "p"
    NAME = "n"
    CATEGORY = "c"
    PRICE = "m"
    DESCRIPTION = "d"
    CONTENT = "x"  # what a buyer of digital goods receives
    LABEL = "l"  # what a variant is called
    LOW_STOCK = "w"  # tell me at so many units


@button
@dataclass(frozen=True, slots=True)
class OpenProducts(Button):
    """A page of one's own products, older or newer than a product's id."""

    prefix: ClassVar[str] = "g"
    after: int | None = None
    before: int | None = None


@button
@dataclass(frozen=True, slots=True)
class OpenOwned(Button):
    """A product as its seller sees it."""

    prefix: ClassVar[str] = "go"
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class SetArchived(Button):
    """The product shall be off sale, or on sale."""

    prefix: ClassVar[str] = "ga"
    product_id: int
    archived: bool


@button
@dataclass(frozen=True, slots=True)
class AskRestock(Button):
    """Ask how many units came, or how many there are."""

    prefix: ClassVar[str] = "gr"
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class AddStock(Button):
    """So many more units, unless the stock was changed by its seller since `seen`."""

    prefix: ClassVar[str] = "gs"
    product_id: int
    amount: int
    seen: int


@button
@dataclass(frozen=True, slots=True)
class EditProduct(Button):
    """Ask which field shall change."""

    prefix: ClassVar[str] = "ge"
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class EditField(Button):
    """Ask what a field shall be."""

    prefix: ClassVar[str] = "gf"
    product_id: int
    field: Field


@button
@dataclass(frozen=True, slots=True)
class ClearField(Button):
    """A field shall be empty."""

    prefix: ClassVar[str] = "gx"
    product_id: int
    field: Field


@button
@dataclass(frozen=True, slots=True)
class SetCategory(Button):
    """The product shall hang on this category."""

    prefix: ClassVar[str] = "gc"
    product_id: int
    category_id: int


@button
@dataclass(frozen=True, slots=True)
class AddVariant(Button):
    """Begin the form for another variant of this product."""

    prefix: ClassVar[str] = "gv"
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class VariantSamePrice(Button):
    """The new variant costs what the product costs."""

    prefix: ClassVar[str] = "gw"
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class LeaveForm(Button):
    """Stop filling in whatever form is in progress; back to the product, if there is one."""

    prefix: ClassVar[str] = "gl"
    product_id: int | None = None


@button
@dataclass(frozen=True, slots=True)
class AddProduct(Button):
    """Begin the form for a new product, or go on with it."""

    prefix: ClassVar[str] = "n"


@button
@dataclass(frozen=True, slots=True)
class FormStep(Button):
    """Go to this step of the form for a new product."""

    prefix: ClassVar[str] = "ns"
    step: Step


@button
@dataclass(frozen=True, slots=True)
class FormSkip(Button):
    """Leave this step empty and go on."""

    prefix: ClassVar[str] = "nk"
    step: Step


@button
@dataclass(frozen=True, slots=True)
class FormCategory(Button):
    """The new product shall hang on this category."""

    prefix: ClassVar[str] = "nc"
    category_id: int


@button
@dataclass(frozen=True, slots=True)
class FormKind(Button):
    """The new product is digital, or something to send."""

    prefix: ClassVar[str] = "nd"
    digital: bool


@button
@dataclass(frozen=True, slots=True)
class FormSell(Button):
    """Put the new product on sale."""

    prefix: ClassVar[str] = "ny"


@button
@dataclass(frozen=True, slots=True)
class FormAnew(Button):
    """Throw the form away and begin again."""

    prefix: ClassVar[str] = "nn"
