"""What follows a payment, as Stripe's JSON: refunds, disputes, balance transactions, events."""

from simulator.stripe.records import BalanceTransaction, Dispute, Event, Refund
from simulator.stripe.shapes import Json

API_VERSION = "2026-10-28.endive"
_EVIDENCE = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
]


def refund_json(refund: Refund) -> Json:
    """Return the refund as `GET /v1/refunds/:id` does."""
    return {
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": refund.balance_transaction,
        "charge": refund.charge,
        "created": refund.created,
        "currency": refund.currency,
        "customer": None,
        "customer_account": None,
        "destination_details": {"card": {"reference_status": "pending", "type": "refund"}, "type": "card"},
        "metadata": dict(refund.metadata),
        "payment_intent": refund.payment_intent,
        "payment_method": None,
        "reason": refund.reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": refund.status,
        "transfer_reversal": None,
        **({"pending_reason": "processing"} if refund.status == "pending" else {}),
        **(
            {
                "failure_reason": refund.failure_reason,
                "failure_balance_transaction": refund.failure_balance_transaction,
            }
            if refund.status == "failed"
            else {}
        ),
    }


def dispute_json(dispute: Dispute, moves: list[BalanceTransaction]) -> Json:
    """Return the dispute as `GET /v1/disputes/:id` does; `moves` are its balance transactions."""
    return {
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.amount,
        "balance_transactions": [balance_transaction_json(move) for move in moves],
        "charge": dispute.charge,
        "created": dispute.created,
        "currency": dispute.currency,
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": dispute.created + 9 * 86400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": dict(dispute.metadata),
        "payment_intent": dispute.payment_intent,
        "reason": dispute.reason,
        "status": dispute.status,
    }


def balance_transaction_json(move: BalanceTransaction) -> Json:
    """Return the movement as `GET /v1/balance_transactions/:id` does."""
    fees: list[Json] = [
        {
            "amount": move.fee,
            "application": None,
            "currency": move.currency,
            "description": "Stripe processing fees",
            "type": "stripe_fee",
        }
    ]
    return {
        "id": move.id,
        "object": "balance_transaction",
        "amount": move.amount,
        "available_on": move.available_on,
        "balance_type": "payments",
        "created": move.created,
        "currency": move.currency,
        "description": move.description,
        "exchange_rate": None,
        "fee": move.fee,
        "fee_details": fees if move.fee else [],
        "net": move.amount - move.fee,
        "reporting_category": "dispute" if move.type == "adjustment" else move.type,
        "source": move.source,
        "status": "pending",
        "type": move.type,
    }


def event_json(event: Event, waiting: int) -> Json:
    """Return the event as webhooks carry it; `waiting` is how many endpoints have not confirmed it."""
    data: Json = {"object": event.snapshot}
    if event.previous is not None:
        data["previous_attributes"] = event.previous
    return {
        "id": event.id,
        "object": "event",
        "api_version": API_VERSION,
        "created": event.created,
        "data": data,
        "livemode": False,
        "pending_webhooks": waiting,
        "request": {"id": event.request, "idempotency_key": event.idempotency_key},
        "type": event.type,
    }
