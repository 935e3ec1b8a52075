"""A shop that dies while its provider, in a thread of its own, lives on: every process has connections of its own."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from shop.ports import Provider
from tests.payments.counter import Counter
from tests.payments.crashes import watched
from tests.payments.dying import Shop
from tests.payments.scenes import Outside, OutsideCounter
from tests.world.clock import ManualClock


class Telephone(Provider, Protocol):
    """A provider that is asked over HTTP."""

    _http: Any

    async def hang_up(self) -> None:
        """Give the connections back."""


class There(Protocol):
    """The provider's side, as far as every shop needs it."""

    clock: ManualClock


T = TypeVar("T", bound=There)


@dataclass
class OutsideShop(Shop, Generic[T]):
    """A shop that takes money by one provider outside, `there`."""

    method: ClassVar[str]
    asks_by: ClassVar[str]  # the method of its client before and after which the shop may die

    there: T = field(kw_only=True)

    @abstractmethod
    def telephone(self) -> Telephone:
        """The provider of a process that starts."""

    @abstractmethod
    def people(self) -> Outside:
        """Its customers and its bank."""

    def counter(self) -> Counter:
        """The shop as it is after a start."""
        provider = self.telephone()
        watched(provider._http, self.moments, only=self.asks_by)
        return OutsideCounter(
            self.db,
            ManualClock(self.now),
            self.policy,
            others={self.method: provider},
            method=self.method,
            remembered=self.remembered,
            outside=self.people(),
        )

    async def closes(self, counter: Counter) -> None:
        """The orderly end of a process."""
        provider: Any = counter.providers[self.method]
        await provider.hang_up()
        await super().closes(counter)

    def comes(self, now: timedelta) -> None:
        """The provider's clock goes with the shop's."""
        self.there.clock.pass_by(seconds=(self.now + now - self.there.clock.now()).total_seconds())
