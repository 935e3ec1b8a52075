"""Everything that can disagree between a provider, the ledger and the orders, done to a shop on purpose."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from db.models import (
    AttemptState,
    Order,
    OrderStatus,
    Payment,
    PaymentAttempt,
    PaymentStatus,
    Product,
    Refund,
    RefundState,
)
from shop.payments import inbox
from shop.payments.ledger import DifferenceKind
from shop.people.permissions import ALL, Acting
from shop.ports import EventKind, ProviderError, ProviderEvent
from simulator.server import Simulator
from tests.payments.counter import POSTAGE, Counter

TEA = 450
TOTAL = TEA + POSTAGE


class Damage:
    """One shop with Stripe, cash and a pretend till; each method breaks one order and says which."""

    def __init__(self, counter: Counter, simulator: Simulator, tea: Product) -> None:
        self.counter = counter
        self.stripe = simulator.stripe
        self.simulator = simulator
        self.tea = tea

    async def everything(self) -> dict[DifferenceKind, int | None]:
        """Break everything; the broken orders by what is wrong with them."""
        done = {kind: await getattr(self, kind.value)() for kind in DifferenceKind}
        assert set(done) == set(DifferenceKind)
        return done

    async def found_paid(self) -> int:
        """Paid at Stripe; its news got lost."""
        order, reference = await self._page()
        self.stripe.pay(reference)
        return order.id

    async def unknown_charge(self) -> None:
        """A page of ours that an older database knew was paid."""
        client = self.counter.others["stripe"]
        price = {"currency": "eur", "unit_amount": 900, "product_data": {"name": "Tea"}}
        params: Any = {
            "mode": "payment",
            "success_url": "https://shop.example",
            "metadata": {"payload": "from-a-lost-database"},
            "line_items": [{"quantity": 1, "price_data": price}],
        }
        session = await client._client.v1.checkout.sessions.create_async(params)  # type: ignore[attr-defined]  # Stripe's
        self.stripe.pay(session.id)

    async def amount_differs(self) -> int:
        order = await self.a_paid_order()
        await self._set(PaymentAttempt, order, captured_amount=TOTAL + 100)
        await self._set(Payment, order, amount=TOTAL + 100)
        return order.id

    async def not_paid_there(self) -> int:
        """Somebody wrote a payment into the table that never was."""
        order, _ = await self._page()
        now = self.counter.clock.now()
        paid = {"captured_amount": TOTAL, "captured_currency": "EUR", "paid_at": now}
        await self._set(PaymentAttempt, order, state=AttemptState.PAID, **paid)
        await self._set(Payment, order, amount=TOTAL, payment_date=now, payment_status=PaymentStatus.COMPLETED)
        await self._set(Order, order, status=OrderStatus.PROCESSING)
        return order.id

    async def unreachable(self) -> None:
        """Telegram does not tell of its Stars."""
        self.simulator.fail("getStarTransactions", "500", times=9)

    async def silent(self) -> int:
        """A sheet was let through, and no word came since."""
        order = await self.counter.order(self.tea)
        await self.counter.open(order, "telegram")
        await self._set(PaymentAttempt, order, approved_at=self.counter.clock.now() - timedelta(hours=1))
        return order.id

    async def unsettled_event(self) -> None:
        """Stripe told of a dispute, and does not know it when it is asked."""
        event = ProviderEvent("stripe", "evt_gone", EventKind.DISPUTED, refund_reference="du_gone")
        await self.counter.run(lambda session: inbox.store(session, event, now=self.counter.clock.now()))

    async def money_without_order(self) -> int:
        order = await self.a_paid_order()
        await self._set(Order, order, status=OrderStatus.CANCELLED)
        return order.id

    async def order_without_money(self) -> int:
        order = await self.counter.order(self.tea, method="stripe")
        await self._set(Order, order, status=OrderStatus.PROCESSING)
        return order.id

    async def summary_differs(self) -> int:
        order = await self.a_paid_order()
        await self._set(Payment, order, amount=TOTAL + 1)
        return order.id

    async def refunds_differ(self) -> int:
        order = await self.a_paid_order()
        await self._set(PaymentAttempt, order, refunded_amount=5)
        return order.id

    async def refund_waits(self) -> int:
        order = await self.a_paid_order()
        stripe = self.counter.others.pop("stripe")
        self.counter.till.name, self.counter.till.trouble = "stripe", [ProviderError("away")]
        await self.counter.refund(order, 300)
        self.counter.till.name, self.counter.others["stripe"] = "pretend", stripe
        now = self.counter.clock.now()
        await self._set(Refund, order, created_at=now - timedelta(hours=2), run_at=now + timedelta(hours=2))
        return order.id

    async def refund_by_hand(self) -> int:
        """Cash is given back by people."""
        from shop.payments.confirming import confirm_money

        order, counter = await self.counter.order(self.tea, method="cash"), self.counter
        await counter.open(order, "cash")
        await counter.run(
            lambda session: confirm_money(
                session,
                order.id,
                by=Acting(order.owner_id, order.owner_id, ALL),
                policy=counter.policy,
                now=counter.clock.now(),
            )
        )
        (news,) = await counter.refund(order)
        assert news.state is RefundState.MANUAL
        return order.id

    async def _page(self) -> tuple[Order, str]:
        order = await self.counter.order(self.tea)
        attempt, _ = await self.counter.open(order, "stripe")
        assert attempt.reference is not None
        return order, attempt.reference

    async def a_paid_order(self) -> Order:
        """One that nothing is wrong with."""
        order, reference = await self._page()
        self.stripe.pay(reference)
        event = await self.counter.others["stripe"].look_up(reference)
        assert event is not None
        await self.counter.settle(event)
        return order

    async def _set(self, table: Any, order: Order, **values: Any) -> None:
        mine = table.id if table is Order else table.order_id
        await self.counter.run(lambda session: session.execute(update(table).where(mine == order.id).values(values)))
