"""What is kept of the shelves: values that show products, found again by the products that they show."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

K = TypeVar("K")
V = TypeVar("V")


class _Kept(Struct, Generic[V], frozen=True):
    value: V
    products: frozenset[int]
    until: float  # seconds of the reader's clock
    turns_at: datetime | None  # when what it shows becomes something else by itself


class Memory(Generic[K, V]):
    """At most `room` values; the oldest makes place. Dropping or changing a product's values asks no others."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._showing: defaultdict[int, set[K]] = defaultdict(set)  # by product

    def get(self, key: K, now: float, moment: datetime) -> V | None:
        """What is kept under this key, is not too old, and is still so at this moment."""
        kept = self._kept.get(key)
        if kept is None or now >= kept.until or (kept.turns_at is not None and moment >= kept.turns_at):
            return None
        return kept.value

    def put(
        self, key: K, value: V, products: frozenset[int], *, until: float, turns_at: datetime | None = None
    ) -> None:
        """Keep a value that shows these products, until it turns by itself at the latest."""
        self._remove(key)
        self._kept[key] = _Kept(value, products, until, turns_at)
        for product in products:
            self._showing[product].add(key)
        if len(self._kept) > self._room:
            self._remove(next(iter(self._kept)))

    def drop(self, products: Iterable[int]) -> None:
        """Forget every value that shows one of these products."""
        for product in products:
            for key in tuple(self._showing.get(product, ())):
                self._remove(key)

    def change(self, product: int, change: Callable[[V], V | None]) -> None:
        """Put a changed value in the place of each that shows this product; None: forget it."""
        for key in tuple(self._showing.get(product, ())):
            changed = change(self._kept[key].value)
            if changed is None:
                self._remove(key)
            else:
                self._kept[key] = replace(self._kept[key], value=changed)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._showing.clear()

    def _remove(self, key: K) -> None:
        kept = self._kept.pop(key, None)
        for product in kept.products if kept is not None else ():
            self._showing[product].discard(key)
            if not self._showing[product]:
                del self._showing[product]
