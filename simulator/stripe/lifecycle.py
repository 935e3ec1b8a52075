"""What happens because time passed: sessions expire, debits and refunds settle."""

from simulator.stripe import paying, refunds
from simulator.stripe.account import Account
from simulator.stripe.errors import StripeError
from simulator.stripe.records import Session
from simulator.stripe.shapes.session import session_json


def sweep(account: Account) -> None:
    """Do everything whose time has come."""
    now = account.now()
    for session in account.sessions.values():
        if session.status == "open" and session.expires_at <= now:
            _expire(account, session)
    for intent in account.intents.values():
        if intent.settles_at is not None and intent.settles_at <= now and intent.session and intent.method:
            paying.settle(account, intent.session, succeeded=intent.method.fate == "later")
    for refund in account.refunds.values():
        if refund.settles_at is not None and refund.settles_at <= now and refund.becomes:
            refunds.move(account, refund, refund.becomes)


def expire(account: Account, session_id: str) -> Session:
    """Close a session early; only an open one can be."""
    session = account.session(session_id)
    if session.status != "open":
        raise StripeError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of {session.status}.",
        )
    return _expire(account, session)


def _expire(account: Account, session: Session) -> Session:
    session.status = "expired"
    account.record("checkout.session.expired", session_json(session))
    return session
