"""The pretend PayPal as a Python object: what tests and the control API do to it."""

from contextlib import AbstractAsyncContextManager

from simulator.chaos import Fault
from simulator.clock import Clock, SystemClock
from simulator.delivery import Endpoint
from simulator.paypal import disputes, orders, refunds
from simulator.paypal.account import Account, new_webhook_id
from simulator.paypal.api import Api
from simulator.paypal.errors import invalid
from simulator.paypal.records import Capture, Dispute, Order, Refund, RefundStatus


class PretendPayPal:
    """One merchant's account, its API and its webhooks; `delivering()` or `deliver_pending()` sends those."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.account = Account(clock or SystemClock())
        self.api = Api(self.account)

    def register_webhook(self, url: str, webhook_id: str | None = None, events: tuple[str, ...] = ("*",)) -> Endpoint:
        """Send events to `url` from now on; the same URL again replaces what was registered."""
        return self.account.deliveries.register(Endpoint(url, webhook_id or new_webhook_id(), events))

    def switch_on(self, fault: str, **settings: object) -> None:
        """Switch a fault on: `times`, `path`, `method`, `type` and `seconds` as in `chaos.Fault`."""
        self.account.chaos.add(Fault(fault, **settings))  # type: ignore[arg-type]  # keyword settings of the dataclass

    def approve(self, order_id: str, way: str = "pays") -> Order:
        """Agree to an order as the payer does on the page."""
        return orders.approve(self.account, order_id, way)

    def settle(self, capture_id: str, *, succeeded: bool = True) -> Capture:
        """Let the bank answer about a capture that is pending."""
        return orders.settle(self.account, capture_id, succeeded=succeeded)

    def next_refund(self, outcome: str) -> None:
        """Decide the next refund: `COMPLETED`, `PENDING`, `FAILED`, or `INSUFFICIENT_FUNDS`, which refuses it."""
        if outcome not in refunds.OUTCOMES:
            raise invalid("/outcome", "INVALID_PARAMETER_VALUE", f"One of {', '.join(refunds.OUTCOMES)}.", outcome)
        self.account.refund_outcomes.append(outcome)

    def move_refund(self, refund_id: str, status: RefundStatus) -> Refund:
        """Let the bank answer about a refund now."""
        return refunds.move(self.account, refund_id, status)

    def refund_elsewhere(self, capture_id: str, amount: dict[str, str] | None = None) -> Refund:
        """The merchant gives money back on PayPal's own pages."""
        return refunds.create(self.account, capture_id, {"amount": amount} if amount else {})

    def dispute(self, capture_id: str, reason: str = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED") -> Dispute:
        """The payer opens a case."""
        return disputes.open_dispute(self.account, capture_id, reason)

    def close_dispute(self, dispute_id: str, *, won: bool) -> Dispute:
        """PayPal decides a case; `won` is the seller's view."""
        return disputes.close(self.account, dispute_id, won=won)

    async def deliver_pending(self) -> int:
        """Do what time has brought, send every webhook that is due, and return how many posts were made."""
        orders.sweep(self.account)
        return await self.account.deliveries.deliver_due()

    def delivering(self) -> AbstractAsyncContextManager[None]:
        """Deliver webhooks in the background for as long as the block runs; hanging answers are let go at its end."""
        return self.account.deliveries.delivering("paypal", self.deliver_pending)
