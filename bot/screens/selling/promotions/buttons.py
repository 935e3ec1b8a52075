"""Buttons of a seller's promotions."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import PromotionKind


class Field(StrEnum):
    """What of a promotion is asked for."""

    NAME = "name"
    VALUE = "value"
    MIN_AMOUNT = "min_amount"
    TOTAL_LIMIT = "total_limit"
    PER_PERSON = "per_person"
    FIRST_ORDER = "first_order"
    STARTS = "starts_at"
    ENDS = "ends_at"
    CODES = "codes"  # how many codes that count once shall be made


class Coded(StrEnum):
    """How a promotion comes into a cart, when not by one code."""

    BY_ITSELF = "auto"
    ONCE = "once"


@button
class ListPromotions(Button, frozen=True):
    """My promotions, those before an id."""

    prefix: ClassVar[str] = "vl"
    before: int | None = None


@button
class NewPromotion(Button, frozen=True):
    """Ask for a new one."""

    prefix: ClassVar[str] = "vn"


@button
class ChooseKind(Button, frozen=True):
    """It shall give such a thing."""

    prefix: ClassVar[str] = "vk"
    kind: PromotionKind


@button
class ChooseValue(Button, frozen=True):
    """So much of it: percent or minor units; of a gift, how many are bought and how many are free."""

    prefix: ClassVar[str] = "vv"
    kind: PromotionKind
    value: int = 0
    buy: int = 0
    free: int = 0


@button
class ChooseCoded(Button, frozen=True):
    """It needs no code, or has many."""

    prefix: ClassVar[str] = "vb"
    kind: PromotionKind
    value: int
    buy: int
    free: int
    coded: Coded


@button
class OpenPromotion(Button, frozen=True):
    """One of mine."""

    prefix: ClassVar[str] = "vo"
    promotion_id: int


@button
class SetRunning(Button, frozen=True):
    """The promotion shall run, or run no more."""

    prefix: ClassVar[str] = "vs"
    promotion_id: int
    running: bool


@button
class DiscardPromotion(Button, frozen=True):
    """Throw a draft away."""

    prefix: ClassVar[str] = "vd"
    promotion_id: int


@button
class OpenConditions(Button, frozen=True):
    """Its limits and its days."""

    prefix: ClassVar[str] = "vm"
    promotion_id: int


@button
class AskField(Button, frozen=True):
    """Ask for one of its values."""

    prefix: ClassVar[str] = "va"
    promotion_id: int
    field: Field


@button
class SetField(Button, frozen=True):
    """One of its values: percent, minor units, a count, a day's ordinal; None is none."""

    prefix: ClassVar[str] = "vf"
    promotion_id: int
    field: Field
    number: int | None = None


@button
class OpenCodes(Button, frozen=True):
    """Its codes that count once."""

    prefix: ClassVar[str] = "ve"
    promotion_id: int


@button
class MakeCodes(Button, frozen=True):
    """Make so many codes that count once each, as a file."""

    prefix: ClassVar[str] = "vg"
    promotion_id: int
    count: int


@button
class SendCodes(Button, frozen=True):
    """All of them as a file, with those that are used: CSV, or a workbook."""

    prefix: ClassVar[str] = "vx"
    promotion_id: int
    excel: bool = False


@button
class OpenUses(Button, frozen=True):
    """The orders that used it (or one of its codes), those before a use's id."""

    prefix: ClassVar[str] = "vh"
    promotion_id: int
    before: int | None = None
    code_id: int | None = None


@button
class ShowCodeLink(Button, frozen=True):
    """The QR code of the link that puts the code into a cart."""

    prefix: ClassVar[str] = "vq"
    promotion_id: int


@button
class OpenGoods(Button, frozen=True):
    """What it is for."""

    prefix: ClassVar[str] = "vp"
    promotion_id: int


@button
class ForEverything(Button, frozen=True):
    """It is for everything again."""

    prefix: ClassVar[str] = "vz"
    promotion_id: int


@button
class PickCategories(Button, frozen=True):
    """A page of the categories right below one."""

    prefix: ClassVar[str] = "vt"
    promotion_id: int
    below: int | None = None
    page: int = 0


@button
class SetCategory(Button, frozen=True):
    """It is for a category, or is not; shown again is where it was tapped."""

    prefix: ClassVar[str] = "vu"
    promotion_id: int
    category_id: int
    wanted: bool
    below: int | None = None
    page: int = 0


@button
class PickProducts(Button, frozen=True):
    """A page of the products."""

    prefix: ClassVar[str] = "vw"
    promotion_id: int
    after: int | None = None
    before: int | None = None


@button
class SetProduct(Button, frozen=True):
    """It is for a product, or is not; shown again is where it was tapped."""

    prefix: ClassVar[str] = "vj"
    promotion_id: int
    product_id: int
    wanted: bool
    after: int | None = None
    before: int | None = None
