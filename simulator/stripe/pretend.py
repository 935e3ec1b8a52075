"""The pretend Stripe as a Python object: what tests and the control API do to it."""

from contextlib import AbstractAsyncContextManager

from simulator.chaos import Fault
from simulator.clock import Clock, SystemClock
from simulator.delivery import Endpoint
from simulator.stripe import balance, checkout, disputes, lifecycle, paying, refunds
from simulator.stripe.account import Account
from simulator.stripe.api import Api
from simulator.stripe.cards import find_method
from simulator.stripe.forms import Params, parse
from simulator.stripe.ids import new_id
from simulator.stripe.paying import Buyer
from simulator.stripe.records import Charge, Dispute, Refund, RefundStatus, Session


class PretendStripe:
    """One account, its API and its webhooks; those go out within `delivering()`, or by `deliver_pending()`."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.account = Account(clock or SystemClock())
        self.api = Api(self.account)

    def register_webhook(self, url: str, secret: str | None = None, events: tuple[str, ...] = ("*",)) -> Endpoint:
        """Send events to `url` from now on; the same URL again replaces what was registered."""
        return self.account.deliveries.register(Endpoint(url, secret or new_id("whsec_"), events))

    def switch_on(self, fault: str, **settings: object) -> None:
        """Switch a fault on: `times`, `path`, `method`, `type` and `seconds` as in `chaos.Fault`."""
        self.account.chaos.add(Fault(fault, **settings))  # type: ignore[arg-type]  # keyword settings of the dataclass

    def open_session(self, pages: str, form: dict[str, str]) -> Session:
        """Open a session from flat form fields, as the API does; its page lies under `pages`, such as `…/stripe`."""
        return checkout.create(self.account, Params(parse(form.items())), pages)

    def pay(self, session_id: str, card: str = "pays", buyer: Buyer | None = None) -> Session:
        """Pay as the buyer would on the hosted page; raises StripeError (402) when the card is declined."""
        lifecycle.sweep(self.account)
        return paying.pay(self.account, session_id, card, buyer or Buyer())

    def authenticate(self, session_id: str, *, passed: bool = True) -> Session:
        """Finish the second step of a payment."""
        lifecycle.sweep(self.account)
        return paying.authenticate(self.account, session_id, passed=passed)

    def settle(self, session_id: str, *, succeeded: bool = True) -> Session:
        """Let the bank answer about a debit now."""
        return paying.settle(self.account, session_id, succeeded=succeeded)

    def expire(self, session_id: str) -> Session:
        """Close a session as `POST /v1/checkout/sessions/:id/expire` does."""
        return lifecycle.expire(self.account, session_id)

    def next_refund(self, outcome: RefundStatus) -> None:
        """Decide the next refund: `succeeded`, `pending` (succeeds later) or `failed` (succeeds, then fails)."""
        self.account.refund_outcomes.append(outcome)

    def move_refund(self, refund_id: str, status: RefundStatus) -> Refund:
        """Let the bank answer about a refund now."""
        return refunds.move(self.account, self.account.refund(refund_id), status)

    def dispute(self, payment: str, reason: str = "fraudulent") -> Dispute:
        """Open a dispute over a charge, named by its id or by its payment intent's."""
        account = self.account
        charge_id = account.intents[payment].latest_charge if payment in account.intents else payment
        return disputes.open_dispute(account, account.charge(charge_id or ""), reason)

    def close_dispute(self, dispute_id: str, *, won: bool) -> Dispute:
        """Decide a dispute."""
        return disputes.close(self.account, self.account.dispute(dispute_id), won=won)

    def charge_elsewhere(self, amount: int, currency: str, description: str | None = None) -> Charge:
        """Record a card payment taken by somebody on this account's behalf, as Telegram does with a provider token."""
        charge = Charge(
            id=new_id("ch_3"),
            created=self.account.now(),
            amount=amount,
            currency=currency.lower(),
            payment_intent=None,
            method=find_method("pays"),
            metadata={},
            description=description,
        )
        self.account.charges[charge.id] = charge
        balance.add_charge(self.account, charge)
        return charge

    async def deliver_pending(self) -> int:
        """Do what time has brought, send every webhook that is due, and return how many posts were made."""
        lifecycle.sweep(self.account)
        return await self.account.deliveries.deliver_due()

    def delivering(self) -> AbstractAsyncContextManager[None]:
        """Deliver webhooks in the background for as long as the block runs; hanging answers are let go at its end."""
        return self.account.deliveries.delivering("stripe", self.deliver_pending)
