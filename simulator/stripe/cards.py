"""Stripe's test cards, and the two ways to pay later; each number always has the same fate."""

from dataclasses import dataclass
from typing import Literal

from simulator.stripe.errors import invalid

Fate = Literal["pays", "declined", "second_step", "later", "later_fails"]


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay on the hosted page. `then` is what follows a payment that went well."""

    key: str
    number: str
    fate: Fate
    label: str
    decline_code: str = ""
    brand: str = "visa"
    kind: Literal["card", "sepa_debit"] = "card"
    then: Literal["", "disputed", "refund_pending", "refund_fails"] = ""

    @property
    def last4(self) -> str:
        """The digits that receipts show."""
        return self.number[-4:]


METHODS = (
    Method("pays", "4242424242424242", "pays", "Pays"),
    Method("declined", "4000000000000002", "declined", "Declined", "generic_decline"),
    Method("no_funds", "4000000000009995", "declined", "Insufficient funds", "insufficient_funds"),
    Method("second_step", "4000002500003155", "second_step", "Asks for a second step"),
    Method("later", "DE89370400440532013000", "later", "Bank debit, pays later", brand="", kind="sepa_debit"),
    Method("later_fails", "DE62370400440532013001", "later_fails", "Bank debit, fails later", kind="sepa_debit"),
    Method("disputed", "4000000000000259", "pays", "Pays, then disputes", then="disputed"),
    Method("refund_pending", "4000000000007726", "pays", "Pays; refunds take time", then="refund_pending"),
    Method("refund_fails", "4000000000005126", "pays", "Pays; refunds fail", then="refund_fails"),
    Method("mastercard", "5555555555554444", "pays", "Pays (Mastercard)", brand="mastercard"),
)
_BY_NAME = {name: method for method in METHODS for name in (method.key, method.number)}

DECLINES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
}


def find_method(name: str) -> Method:
    """Return the method for a key (`pays`) or a number (`4242 4242 4242 4242`); refuse any other card number."""
    method = _BY_NAME.get(name.replace(" ", ""))
    if method is None:
        raise invalid("Your card number is incorrect. Only test cards work here.", "number", "incorrect_number")
    return method
