"""Buttons of a product that is sold in keys or files, and of the keys of a sale."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import UnitState


@button
class OpenPool(Button, frozen=True):
    """The keys of my product; also ends the form that asks for more."""

    prefix: ClassVar[str] = "kp"
    product_id: int


@button
class AddKeys(Button, frozen=True):
    """Ask for more keys."""

    prefix: ClassVar[str] = "ka"
    product_id: int


@button
class ListUnits(Button, frozen=True):
    """A page of the free, sold or revoked ones, counted from 0."""

    prefix: ClassVar[str] = "kl"
    product_id: int
    state: UnitState
    page: int = 0


@button
class OpenUnit(Button, frozen=True):
    """One key in full; `order_id`: it was come to from that sale. Also ends the form about it."""

    prefix: ClassVar[str] = "ku"
    unit_id: int
    order_id: int | None = None


@button
class ShowUnitFile(Button, frozen=True):
    """A file of the pool, to look at."""

    prefix: ClassVar[str] = "kg"
    unit_id: int


@button
class WithdrawUnits(Button, frozen=True):
    """One free key, or all that no order waits for, shall be out of the pool; asked back once unless `sure`."""

    prefix: ClassVar[str] = "kw"
    product_id: int
    unit_id: int | None = None
    sure: bool = False


@button
class ExportUnits(Button, frozen=True):
    """All keys of my product as a file."""

    prefix: ClassVar[str] = "ke"
    product_id: int


@button
class OpenOrderKeys(Button, frozen=True):
    """A page of the keys of an order of my goods, counted from 0."""

    prefix: ClassVar[str] = "ko"
    order_id: int
    page: int = 0


@button
class RevokeUnit(Button, frozen=True):
    """A sold key shall work no more, and its buyer get another one or not; asks why."""

    prefix: ClassVar[str] = "kr"
    unit_id: int
    replace: bool


@button
class PutBackUnit(Button, frozen=True):
    """The key of an order whose money went back shall be free for others."""

    prefix: ClassVar[str] = "kb"
    unit_id: int
