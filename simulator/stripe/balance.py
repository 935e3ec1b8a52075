"""The account's balance: one movement for each charge, refund and dispute."""

from simulator.stripe.account import Account
from simulator.stripe.ids import new_id
from simulator.stripe.money import exponent
from simulator.stripe.records import BalanceTransaction, Charge, Dispute, Refund
from simulator.stripe.shapes import Json

_DAYS_UNTIL_AVAILABLE = 7
_DISPUTE_FEE = 1500


def add_charge(account: Account, charge: Charge) -> None:
    """Book a charge that succeeded, less a fee like Stripe's (2.9 % and 30 of the smallest unit)."""
    fee = round(charge.amount * 29 / 1000) + (30 if exponent(charge.currency) == 2 else 0)
    kind = "charge" if charge.method.kind == "card" else "payment"
    move = _book(account, charge.amount, fee, charge.currency, charge.id)
    move.type = "charge" if kind == "charge" else "payment"
    charge.balance_transaction = move.id


def add_refund(account: Account, refund: Refund) -> None:
    """Book money that leaves for a refund; Stripe keeps the charge's fee."""
    move = _book(account, -refund.amount, 0, refund.currency, refund.id)
    move.type = "refund"
    refund.balance_transaction = move.id


def return_refund(account: Account, refund: Refund) -> None:
    """Book money that came back because a refund failed."""
    move = _book(account, refund.amount, 0, refund.currency, refund.id)
    move.type = "refund_failure"
    refund.failure_balance_transaction = move.id


def add_dispute(account: Account, dispute: Dispute) -> None:
    """Book money that a bank took, with the dispute fee."""
    move = _book(account, -dispute.amount, _DISPUTE_FEE, dispute.currency, dispute.id)
    dispute.balance_transactions.append(move.id)


def return_dispute(account: Account, dispute: Dispute) -> None:
    """Book money that a bank gave back after a dispute was won; the fee stays."""
    move = _book(account, dispute.amount, 0, dispute.currency, dispute.id)
    dispute.balance_transactions.append(move.id)


def balance_json(account: Account) -> Json:
    """Return `GET /v1/balance`: what may be paid out now, and what is still pending, by currency."""
    now = account.now()
    sums: dict[tuple[bool, str], int] = {}
    for move in account.balance.values():
        key = (move.available_on <= now, move.currency)
        sums[key] = sums.get(key, 0) + move.amount - move.fee
    currencies = sorted({currency for _, currency in sums}) or ["eur"]
    return {
        "object": "balance",
        "available": [_amount(sums.get((True, currency), 0), currency) for currency in currencies],
        "livemode": False,
        "pending": [_amount(sums.get((False, currency), 0), currency) for currency in currencies],
    }


def _amount(amount: int, currency: str) -> Json:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}


def _book(account: Account, amount: int, fee: int, currency: str, source: str) -> BalanceTransaction:
    now = account.now()
    move = BalanceTransaction(
        id=new_id("txn_1"),
        created=now,
        available_on=now + _DAYS_UNTIL_AVAILABLE * 86400,
        amount=amount,
        fee=fee,
        currency=currency,
        type="adjustment",
        source=source,
    )
    account.balance[move.id] = move
    return move
