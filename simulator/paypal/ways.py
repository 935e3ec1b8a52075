"""Ways to pay that the payer can choose on the page: each does what it says when the merchant captures."""

from dataclasses import dataclass

from simulator.paypal.errors import invalid


@dataclass(frozen=True, slots=True)
class Way:
    """One way; `key` names it in requests."""

    key: str
    label: str
    detail: str


WAYS = (
    Way("pays", "PayPal balance", "pays at once"),
    Way("declined", "Visa ending in 0002", "is declined when the shop asks; the payer may choose another"),
    Way("refused", "Visa ending in 0069", "PayPal refuses the payment for good"),
    Way("pending", "Bank account ending in 04", "an e-cheque: completes a little later"),
    Way("denied", "Bank account ending in 13", "an e-cheque that bounces a little later"),
    Way("review", "Visa ending in 0119", "waits for a review until somebody decides"),
    Way("capture_declined", "Mastercard ending in 0341", "the order completes, the capture is declined"),
    Way("disputed", "Visa ending in 0259", "pays, and the payer opens a dispute"),
)


def find_way(key: str) -> Way:
    """Find a way by its key; refuses others."""
    for way in WAYS:
        if way.key == key:
            return way
    known = ", ".join(way.key for way in WAYS)
    raise invalid("/way", "INVALID_PARAMETER_VALUE", f"There is no such way; there are {known}.", key)
