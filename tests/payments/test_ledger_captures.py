"""The ledger's machine, with a second provider of which the shop asks for the money: agreed late, twice, and never."""

import contextlib
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from db.models import Order, OrderStatus
from shop.payments import capturing
from shop.ports import Captures, EventKind, ProviderError, ProviderEvent
from shop.refusals import Refusal
from tests.payments.test_ledger_machine import Ledger, ledger, play
from tests.payments.tills import PretendTill, paid

__all__ = ["ledger"]  # the fixture


@dataclass
class AgreedTill(PretendTill):
    """People agree on its page; money moves when the shop asks for it, once for each page."""

    name: str = "agreed"
    agreed: dict[str, str] = field(default_factory=dict)  # reference → payload
    taken: list[ProviderEvent] = field(default_factory=list)

    def agree(self, payload: str) -> None:
        self.agreed[f"ref-{payload}"] = payload
        self.said.setdefault(f"ref-{payload}", self._yes(payload))

    async def close(self, reference: str) -> ProviderEvent | None:
        """What was agreed to and not taken ends with the attempt."""
        said = await super().close(reference)
        return None if said is not None and said.kind is EventKind.APPROVED else said

    async def capture(self, reference: str, key: str) -> ProviderEvent | None:
        self._stumble()
        payload = self.agreed[reference]
        if self.said[reference].kind is EventKind.APPROVED:
            event = paid(self.pages[payload], charge=f"taken-{payload}", provider=self.name)
            self.said[reference] = event
            self.taken.append(event)
        self._stumble(after=True)
        return self.said[reference]

    def _yes(self, payload: str) -> ProviderEvent:
        return ProviderEvent(self.name, f"yes-{payload}", EventKind.APPROVED, f"ref-{payload}", payload)


class LedgerWithYes(Ledger):
    """The same day, at a counter where people can also agree first."""

    def __init__(self) -> None:
        super().__init__()
        self.till = AgreedTill()
        self.counter.others["agreed"] = self.till

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def agree(self, data: st.DataObject) -> None:
        """A customer opens the page of an order and agrees, now or on an old page."""
        order = data.draw(st.sampled_from(self.orders))
        with contextlib.suppress(Refusal):
            self.do(self.counter.open(order, "agreed"))
        payloads = [payload for payload, one in self.till.pages.items() if one.order_id == order.id]
        if payloads:
            self.till.agree(data.draw(st.sampled_from(payloads)))

    @precondition(lambda self: self.till.agreed)
    @rule(
        data=st.data(),
        late=st.sampled_from([None, None, False, True]),
        moment=st.sampled_from([None, None, 0, 1, 2, 3]),
    )
    def hear_of_it(self, data: st.DataObject, late: bool | None, moment: int | None) -> None:
        """The shop hears of a yes and asks for the money; answers get lost, and it dies over it."""
        reference = data.draw(st.sampled_from(sorted(self.till.agreed)))
        order = self.do(self._order(reference))
        payable = order.status is OrderStatus.PENDING and (order.expires_at or 0) and self._held(order)
        before = len(self.till.taken)
        if late is not None:
            self.till.trouble, self.till.late = [ProviderError("away", unknown=True)], late
        self.db.live(until=moment)
        with contextlib.suppress(ProviderError):
            self.survive(self._hear(reference))
        self.db.live()
        self.till.trouble = []
        if len(self.till.taken) > before:
            assert payable, "money was taken for an order that could not be paid any more"
            self.charges.append(self.till.taken[-1])

    def _held(self, order: Order) -> bool:
        return order.expires_at is None or order.expires_at > self.counter.clock.now()

    async def _order(self, reference: str) -> Order:
        async with self.db.read() as session:
            return await session.get_one(Order, self.till.pages[self.till.agreed[reference]].order_id)

    async def _hear(self, reference: str) -> None:
        """What the inbox does with a webhook: ask what is true, go on with it, settle what came of it."""
        counter = self.counter
        truth = await self.till.look_up(reference)
        assert truth is not None
        event = await capturing.carry_on(
            counter.db, counter.providers, truth, clock=counter.clock, policy=counter.policy
        )
        if event is not None:
            await counter.settle(event)

    def payloads(self, order: Order) -> set[str]:
        mine = {payload for payload, one in self.till.pages.items() if one.order_id == order.id}
        return super().payloads(order) | mine

    def teardown(self) -> None:
        """What was taken is heard of in the end, whoever died over it."""
        self.undelivered.extend(self.till.taken)
        super().teardown()


_: type[Captures] = AgreedTill


def test_the_ledger_adds_up_where_the_shop_asks_for_the_money(ledger: type[Ledger]) -> None:
    """Guards: the gate before the money is asked for, and one key until the provider says no."""
    play(type("LedgerWithYes", (LedgerWithYes,), dict(vars(ledger))), days=40, steps=6)


@pytest.mark.nightly
def test_the_ledger_adds_up_there_on_a_thousand_longer_days(ledger: type[Ledger]) -> None:
    play(type("LedgerWithYes", (LedgerWithYes,), dict(vars(ledger))), days=1000, steps=12)
