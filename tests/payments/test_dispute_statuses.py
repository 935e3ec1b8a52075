"""Every status of a dispute that Stripe's own library knows means something to the shop."""

from typing import Any, get_args

import pytest
import stripe

from payments.stripe_reading import read_dispute
from shop.ports import EventKind

OPEN, WON, LOST = EventKind.DISPUTED, EventKind.DISPUTE_WON, EventKind.DISPUTE_LOST
MEANING = {
    "needs_response": OPEN,
    "under_review": OPEN,
    "warning_needs_response": OPEN,
    "warning_under_review": OPEN,
    "appeal_needs_response": OPEN,
    "appeal_under_review": OPEN,
    "won": WON,
    "warning_closed": WON,
    "prevented": WON,
    "lost": LOST,
}


def a_dispute(status: str, *moved: int) -> dict[str, Any]:
    """A dispute as Stripe tells it, with the money that went (below zero) and came back for it."""
    rows = [{"amount": amount} for amount in moved]
    return {"id": "du_1", "status": status, "amount": 940, "currency": "eur", "balance_transactions": rows}


def known() -> set[str]:
    """The statuses in the type of the library: a union of literals and, for what is new, str."""
    literals, _ = get_args(stripe.Dispute.__annotations__["status"])
    return set(get_args(literals))


def test_no_status_of_the_library_is_unknown() -> None:
    assert known() == set(MEANING)


@pytest.mark.parametrize("status", sorted(MEANING))
def test_each_status_is_open_or_an_end(status: str) -> None:
    assert read_dispute(a_dispute(status), "evt_1").kind is MEANING[status]


def test_a_status_that_nobody_knows_yet_is_an_open_dispute() -> None:
    assert read_dispute(a_dispute("of_tomorrow"), "evt_1").kind is OPEN


def test_what_was_prevented_by_giving_the_money_back_is_money_that_went() -> None:
    assert read_dispute(a_dispute("prevented", -940), "evt_1").kind is LOST
    assert read_dispute(a_dispute("prevented", -940, 940), "evt_1").kind is WON
