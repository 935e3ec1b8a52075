"""How little and how much a provider takes, for those that do not take every sum."""

from typing import Protocol, runtime_checkable

from msgspec import Struct

from shop.ports import OrderFacts


class Bounds(Struct, frozen=True):
    """How little and how much a provider takes, about; minor units."""

    least: int
    most: int


@runtime_checkable
class Bounded(Protocol):
    """A provider that takes sums of some size only."""

    def refuses(self, order: OrderFacts) -> Bounds | None:
        """What it takes, where the sum of this order is certainly outside."""
        ...
