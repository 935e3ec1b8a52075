"""The endpoints of the API: for each, its path, the parameter names it knows, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.stripe import checkout, disputes, lifecycle, names, refunds
from simulator.stripe.account import Account
from simulator.stripe.balance import balance_json
from simulator.stripe.errors import no_such
from simulator.stripe.forms import Params
from simulator.stripe.listing import page, same
from simulator.stripe.records import BalanceTransaction, Charge, Dispute, Event, Intent, Refund, Session
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.aftermath import balance_transaction_json, event_json, refund_json
from simulator.stripe.shapes.payment import charge_json, intent_json
from simulator.stripe.shapes.session import lines_json, session_json

EVENTS_KEPT_SECONDS = 30 * 86400


@dataclass(frozen=True, slots=True)
class Call:
    """One request as an endpoint sees it: `id` is the object named in the path, `pages` where hosted pages live."""

    account: Account
    params: Params
    id: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the API."""

    method: str
    path: str
    names: names.Names
    run: Callable[[Call], Json]


def _charge(account: Account, charge: Charge) -> Json:
    return charge_json(charge, account.refunded(charge))


def _event(account: Account, event: Event) -> Json:
    return event_json(event, account.deliveries.waiting(event.id))


def create_session(call: Call) -> Json:
    """`POST /v1/checkout/sessions`."""
    return session_json(checkout.create(call.account, call.params, call.pages))


def update_session(call: Call) -> Json:
    """`POST /v1/checkout/sessions/:id`, metadata only."""
    session = call.account.session(call.id)
    session.metadata |= checkout.metadata(call.params)
    return session_json(session)


def list_sessions(call: Call) -> Json:
    """`GET /v1/checkout/sessions`."""
    who = call.params.child("customer_details")

    def matches(session: Session) -> bool:
        by_email = who is None or same(who, email=session.email or session.customer_email)
        return by_email and same(call.params, payment_intent=session.payment_intent, status=session.status)

    return page(call.account.sessions.values(), call.params, "/v1/checkout/sessions", session_json, matches)


def update_intent(call: Call) -> Json:
    """`POST /v1/payment_intents/:id`, metadata only."""
    intent = call.account.intent(call.id)
    intent.metadata |= checkout.metadata(call.params)
    return intent_json(intent)


def list_intents(call: Call) -> Json:
    """`GET /v1/payment_intents`."""

    def matches(_: Intent) -> bool:
        return True

    return page(call.account.intents.values(), call.params, "/v1/payment_intents", intent_json, matches)


def list_charges(call: Call) -> Json:
    """`GET /v1/charges`."""

    def matches(charge: Charge) -> bool:
        return same(call.params, payment_intent=charge.payment_intent)

    def shape(charge: Charge) -> Json:
        return _charge(call.account, charge)

    return page(call.account.charges.values(), call.params, "/v1/charges", shape, matches)


def update_refund(call: Call) -> Json:
    """`POST /v1/refunds/:id`, metadata only."""
    refund = call.account.refund(call.id)
    refund.metadata |= checkout.metadata(call.params)
    return refund_json(refund)


def list_refunds(call: Call) -> Json:
    """`GET /v1/refunds`."""

    def matches(refund: Refund) -> bool:
        return same(call.params, charge=refund.charge, payment_intent=refund.payment_intent)

    return page(call.account.refunds.values(), call.params, "/v1/refunds", refund_json, matches)


def list_disputes(call: Call) -> Json:
    """`GET /v1/disputes`."""

    def matches(dispute: Dispute) -> bool:
        return same(call.params, charge=dispute.charge, payment_intent=dispute.payment_intent)

    def shape(dispute: Dispute) -> Json:
        return disputes.full_json(call.account, dispute)

    return page(call.account.disputes.values(), call.params, "/v1/disputes", shape, matches)


def list_events(call: Call) -> Json:
    """`GET /v1/events`: the last 30 days; `delivery_success=false` for what an endpoint has not confirmed."""
    account = call.account
    oldest = account.now() - EVENTS_KEPT_SECONDS
    kinds = call.params.texts("types")
    delivered = call.params.flag("delivery_success")

    def matches(event: Event) -> bool:
        if delivered is not None and (account.deliveries.waiting(event.id) == 0) is not delivered:
            return False
        return event.created > oldest and same(call.params, type=event.type) and (not kinds or event.type in kinds)

    def shape(event: Event) -> Json:
        return _event(account, event)

    return page(account.events.values(), call.params, "/v1/events", shape, matches)


def retrieve_event(call: Call) -> Json:
    """`GET /v1/events/:id`."""
    event = call.account.events.get(call.id)
    if event is None or event.created <= call.account.now() - EVENTS_KEPT_SECONDS:
        raise no_such("event", call.id)
    return _event(call.account, event)


def list_balance(call: Call) -> Json:
    """`GET /v1/balance_transactions`."""

    def matches(move: BalanceTransaction) -> bool:
        return same(call.params, currency=move.currency, source=move.source, type=move.type)

    moves = call.account.balance.values()
    return page(moves, call.params, "/v1/balance_transactions", balance_transaction_json, matches)


def retrieve_balance(call: Call) -> Json:
    """`GET /v1/balance_transactions/:id`."""
    if call.id not in call.account.balance:
        raise no_such("balance_transaction", call.id)
    return balance_transaction_json(call.account.balance[call.id])


ENDPOINTS = (
    Endpoint("POST", "/v1/checkout/sessions", names.SESSION_CREATE, create_session),
    Endpoint("GET", "/v1/checkout/sessions", names.SESSION_LIST, list_sessions),
    Endpoint(
        "GET", "/v1/checkout/sessions/{id}", names.RETRIEVE, lambda call: session_json(call.account.session(call.id))
    ),
    Endpoint("POST", "/v1/checkout/sessions/{id}", names.NOTES, update_session),
    Endpoint(
        "POST",
        "/v1/checkout/sessions/{id}/expire",
        names.RETRIEVE,
        lambda call: session_json(lifecycle.expire(call.account, call.id)),
    ),
    Endpoint(
        "GET",
        "/v1/checkout/sessions/{id}/line_items",
        names.PLAIN_LIST,
        lambda call: lines_json(call.account.session(call.id)),
    ),
    Endpoint("GET", "/v1/payment_intents", names.INTENT_LIST, list_intents),
    Endpoint(
        "GET",
        "/v1/payment_intents/{id}",
        names.INTENT_RETRIEVE,
        lambda call: intent_json(call.account.intent(call.id)),
    ),
    Endpoint("POST", "/v1/payment_intents/{id}", names.NOTES, update_intent),
    Endpoint("GET", "/v1/charges", names.CHARGE_LIST, list_charges),
    Endpoint(
        "GET", "/v1/charges/{id}", names.RETRIEVE, lambda call: _charge(call.account, call.account.charge(call.id))
    ),
    Endpoint(
        "POST", "/v1/refunds", names.REFUND_CREATE, lambda call: refund_json(refunds.create(call.account, call.params))
    ),
    Endpoint("GET", "/v1/refunds", names.REFUND_LIST, list_refunds),
    Endpoint("GET", "/v1/refunds/{id}", names.RETRIEVE, lambda call: refund_json(call.account.refund(call.id))),
    Endpoint("POST", "/v1/refunds/{id}", names.NOTES, update_refund),
    Endpoint("GET", "/v1/disputes", names.DISPUTE_LIST, list_disputes),
    Endpoint(
        "GET",
        "/v1/disputes/{id}",
        names.RETRIEVE,
        lambda call: disputes.full_json(call.account, call.account.dispute(call.id)),
    ),
    Endpoint(
        "POST",
        "/v1/disputes/{id}/close",
        names.RETRIEVE,
        lambda call: disputes.full_json(
            call.account, disputes.close(call.account, call.account.dispute(call.id), won=False)
        ),
    ),
    Endpoint("GET", "/v1/events", names.EVENT_LIST, list_events),
    Endpoint("GET", "/v1/events/{id}", names.RETRIEVE, retrieve_event),
    Endpoint("GET", "/v1/balance", names.RETRIEVE, lambda call: balance_json(call.account)),
    Endpoint("GET", "/v1/balance_transactions", names.BALANCE_LIST, list_balance),
    Endpoint("GET", "/v1/balance_transactions/{id}", names.RETRIEVE, retrieve_balance),
)
